package org.selfservice.benchmarks;

import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import javax.management.JMX;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** A portal in a process of its own. */
final class RunningPortal implements AutoCloseable {
    /** Where the embedded database's programs are unpacked, as in the project's tests. */
    static final Path BINARIES = Path.of(System.getProperty("user.home"), ".cache", "self-service-portal", "postgres");

    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final double MEGABYTE = 1 << 20;

    private final Process process;
    final URI address;
    final URI identities;
    /** From the process's start to the first whole catalogue. */
    final Duration untilFirstPage;

    private RunningPortal(Process process, URI address, URI identities, Duration untilFirstPage) {
        this.process = process;
        this.address = address;
        this.identities = identities;
        this.untilFirstPage = untilFirstPage;
    }

    /** As anybody starts it: 512 MB of heap, and the demonstration's identity provider. */
    static RunningPortal start(Path home) throws IOException, InterruptedException {
        return start(home, Path.of("").toAbsolutePath(), List.of("./portal", "run"));
    }

    /** @param command to which the ports are added */
    static RunningPortal start(Path home, Path folder, List<String> command) throws IOException, InterruptedException {
        URI address = URI.create("http://localhost:" + freePort());
        URI identities = URI.create("http://localhost:" + freePort());
        Path log = Files.createTempFile("portal-", ".log");
        ProcessBuilder builder = new ProcessBuilder(new ArrayList<>(command));
        builder.command().addAll(List.of("--port=" + address.getPort(), "--idp-port=" + identities.getPort()));
        builder.environment().put("PORTAL_HOME", home.toString());
        long begun = System.nanoTime();
        Process process = builder.directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        try {
            while (!answers(address.resolve("/"))) {
                if (!process.isAlive() || System.nanoTime() - begun > PATIENCE.toNanos()) {
                    throw new IllegalStateException("The portal did not start; see " + log);
                }
                LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
            }
        } catch (RuntimeException e) {
            stop(process);
            throw e;
        }
        Duration untilFirstPage = Duration.ofNanos(System.nanoTime() - begun);
        Files.delete(log);
        return new RunningPortal(process, address, identities, untilFirstPage);
    }

    /** The identity provider starts beside the portal, and may be later. */
    void awaitIdentities() throws InterruptedException {
        while (!answers(identities.resolve("/.well-known/openid-configuration"))) {
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    /**
     * @param live megabytes of heap after a full collection
     * @param peak the sum of the most that each part of the heap ever held, which is more than it held at any moment
     */
    record Heap(double live, double peak) {}

    Heap heap() throws Exception {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
        try (var connector = JMXConnectorFactory.connect(new JMXServiceURL(machine.startLocalManagementAgent()))) {
            MBeanServerConnection connection = connector.getMBeanServerConnection();
            double peak = 0;
            for (ObjectName name : connection.queryNames(
                    new ObjectName(ManagementFactory.MEMORY_POOL_MXBEAN_DOMAIN_TYPE + ",*"), null)) {
                MemoryPoolMXBean pool = JMX.newMXBeanProxy(connection, name, MemoryPoolMXBean.class);
                if (pool.getType() == MemoryType.HEAP) {
                    peak += pool.getPeakUsage().getUsed() / MEGABYTE;
                }
            }
            MemoryMXBean memory = JMX.newMXBeanProxy(
                    connection, new ObjectName(ManagementFactory.MEMORY_MXBEAN_NAME), MemoryMXBean.class);
            memory.gc();
            return new Heap(memory.getHeapMemoryUsage().getUsed() / MEGABYTE, peak);
        } finally {
            machine.detach();
        }
    }

    @Override
    public void close() throws InterruptedException {
        stop(process);
    }

    /** A script may have started what really runs. */
    private static void stop(Process process) throws InterruptedException {
        List<ProcessHandle> started = process.descendants().toList();
        started.forEach(ProcessHandle::destroy);
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
        started.forEach(one -> one.onExit().join());
    }

    private static boolean answers(URI address) throws InterruptedException {
        // A connection of its own each time, as a pooled one would be tried again by the client itself.
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpRequest request = HttpRequest.newBuilder(address)
                    .timeout(Duration.ofSeconds(10))
                    .build();
            return http.send(request, BodyHandlers.ofString()).statusCode() == 200;
        } catch (IOException notYet) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }
}
