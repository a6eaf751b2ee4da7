package org.selfservice;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What a server is reached by: another port of this machine, which can be held still, or cut, and mended again. */
final class Wire implements AutoCloseable {
    private final InetSocketAddress server;
    private final Set<Socket> ends = ConcurrentHashMap.newKeySet();
    private final int port;
    private final Object turn = new Object();

    private ServerSocket entrance;
    private boolean still;

    Wire(InetSocketAddress server) throws IOException {
        this.server = server;
        this.entrance = entrance(0);
        this.port = entrance.getLocalPort();
        accept(entrance);
    }

    int port() {
        return port;
    }

    /** Nothing passes any more, and nobody is told: as when the server stands still, or a cable is pulled. */
    void hold() {
        synchronized (turn) {
            still = true;
        }
    }

    /** All connections end and none is taken: as when the server was killed. */
    void cut() throws IOException {
        entrance.close();
        for (Socket end : ends) {
            end.close();
        }
    }

    void mend() throws IOException {
        synchronized (turn) {
            still = false;
            turn.notifyAll();
        }
        if (entrance.isClosed()) {
            entrance = entrance(port);
            accept(entrance);
        }
    }

    @Override
    public void close() throws IOException {
        cut();
        synchronized (turn) {
            still = false;
            turn.notifyAll();
        }
    }

    private static ServerSocket entrance(int port) throws IOException {
        ServerSocket entrance = new ServerSocket();
        entrance.setReuseAddress(true);
        entrance.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
        return entrance;
    }

    private void accept(ServerSocket taking) {
        Thread.startVirtualThread(() -> {
            while (!taking.isClosed()) {
                try {
                    Socket near = taking.accept();
                    Thread.startVirtualThread(() -> join(near));
                } catch (IOException cut) {
                    return;
                }
            }
        });
    }

    private void join(Socket near) {
        Socket far = new Socket();
        try {
            ends.add(near);
            ends.add(far);
            await();
            far.connect(server);
            Thread there = Thread.startVirtualThread(() -> pass(near, far));
            pass(far, near);
            there.join();
        } catch (IOException gone) {
            end(near);
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        } finally {
            end(near);
            end(far);
        }
    }

    private void pass(Socket from, Socket to) {
        try (InputStream in = from.getInputStream();
                OutputStream out = to.getOutputStream()) {
            byte[] some = new byte[16_384];
            for (int read = in.read(some); read >= 0; read = in.read(some)) {
                await();
                out.write(some, 0, read);
                out.flush();
            }
        } catch (IOException gone) {
            // both ends are closed
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    private void await() throws InterruptedException {
        synchronized (turn) {
            while (still) {
                turn.wait();
            }
        }
    }

    private void end(Socket socket) {
        ends.remove(socket);
        try {
            socket.close();
        } catch (IOException closed) {
            // it is
        }
    }
}
