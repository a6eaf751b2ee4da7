package org.selfservice.query;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The wire to a server, which can be cut and mended. */
final class Wire implements AutoCloseable {
    private final InetSocketAddress to;
    private final ServerSocket ends;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean isCut;

    Wire(InetSocketAddress to) throws IOException {
        this.to = to;
        this.ends = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.startVirtualThread(this::accept);
    }

    int port() {
        return ends.getLocalPort();
    }

    void cut() {
        isCut = true;
        open.forEach(Wire::close);
    }

    void mend() {
        isCut = false;
    }

    private void accept() {
        while (!ends.isClosed()) {
            try {
                Socket from = ends.accept();
                if (isCut) {
                    close(from);
                    continue;
                }
                Socket on = new Socket();
                open.add(from);
                open.add(on);
                on.connect(to);
                Thread.startVirtualThread(() -> carry(from, on));
                Thread.startVirtualThread(() -> carry(on, from));
            } catch (IOException closed) {
                // the next one is accepted, or nobody is any more
            }
        }
    }

    private void carry(Socket from, Socket on) {
        try (InputStream in = from.getInputStream();
                OutputStream out = on.getOutputStream()) {
            in.transferTo(out);
        } catch (IOException cut) {
            // both ends are closed
        } finally {
            close(from);
            close(on);
            open.remove(from);
            open.remove(on);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException isClosed) {
            // which is what was wanted
        }
    }

    @Override
    public void close() throws IOException {
        ends.close();
        cut();
    }
}
