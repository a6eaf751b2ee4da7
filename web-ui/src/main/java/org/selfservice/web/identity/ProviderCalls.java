package org.selfservice.web.identity;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;

/** What all calls to providers have in common: they go where the settings say, end in time, and bring no more than fits. */
final class ProviderCalls {
    /** A photo fits in; what is longer is no answer. */
    private static final int LONGEST = 2_000_000;

    private ProviderCalls() {}

    static RestClient.Builder within(Duration patience) {
        JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .connectTimeout(patience.dividedBy(2))
                .followRedirects(HttpClient.Redirect.NEVER)
                .build());
        factory.setReadTimeout(patience);
        return RestClient.builder()
                .requestFactory(factory)
                .requestInterceptor((request, body, execution) -> new Short(execution.execute(request, body)));
    }

    /** Says so instead of filling the memory. */
    static final class TooLong extends IOException {
        TooLong() {
            super("the answer is too long");
        }
    }

    private record Short(ClientHttpResponse answer) implements ClientHttpResponse {
        @Override
        public HttpStatusCode getStatusCode() throws IOException {
            return answer.getStatusCode();
        }

        @Override
        public String getStatusText() throws IOException {
            return answer.getStatusText();
        }

        @Override
        public HttpHeaders getHeaders() {
            return answer.getHeaders();
        }

        @Override
        public InputStream getBody() throws IOException {
            return new Counted(answer.getBody());
        }

        @Override
        public void close() {
            answer.close();
        }
    }

    private static final class Counted extends FilterInputStream {
        private int left = LONGEST;

        Counted(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            int one = super.read();
            count(one < 0 ? 0 : 1);
            return one;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int read = super.read(into, from, length);
            count(Math.max(read, 0));
            return read;
        }

        private void count(int read) throws TooLong {
            left -= read;
            if (left < 0) {
                throw new TooLong();
            }
        }
    }
}
