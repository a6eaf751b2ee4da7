package org.selfservice.idp;

import io.nayuki.qrcodegen.QrCode;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Links by which a wallet on a phone finds the sign-in on another screen. Each is good for a minute and for one use. */
final class WalletLinks {
    static final Duration LIFE = Duration.ofMinutes(1);
    static final int PER_SIGN_IN = 10;

    private record Link(SignIn signIn, Instant until) {}

    private final Map<String, Link> links = new LinkedHashMap<>();
    private final Settings settings;
    private final Clock clock;

    WalletLinks(Settings settings) {
        this.settings = settings;
        this.clock = settings.clock();
    }

    /** The address that is open, or a new one; none when this sign-in had its share. */
    synchronized Optional<String> link(SignIn signIn) {
        Instant now = clock.instant();
        links.values().removeIf(link -> link.until().isBefore(now));
        return links.entrySet().stream()
                .filter(link -> link.getValue().signIn() == signIn)
                .map(Map.Entry::getKey)
                .findFirst()
                .or(() -> fresh(signIn, now))
                .map(code -> Objects.requireNonNull(settings.issuer()) + "/link?code=" + code);
    }

    private Optional<String> fresh(SignIn signIn, Instant now) {
        if (signIn.linksShown >= PER_SIGN_IN) return Optional.empty();
        signIn.linksShown++;
        String code = SignIn.random();
        links.put(code, new Link(signIn, now.plus(LIFE)));
        return Optional.of(code);
    }

    synchronized Optional<SignIn> find(String code) {
        return Optional.ofNullable(links.get(code))
                .filter(link -> !link.until().isBefore(clock.instant()))
                .map(Link::signIn);
    }

    /** False: the link is over. */
    synchronized boolean approve(String code, Person person) {
        Optional<SignIn> signIn = find(code);
        links.remove(code);
        signIn.ifPresent(found -> {
            found.claimedBy(person);
            found.proven(Factor.WALLET, clock.instant());
        });
        return signIn.isPresent();
    }

    /** A QR code as a data URI. */
    static String picture(String address) {
        QrCode code = QrCode.encodeText(address, QrCode.Ecc.MEDIUM);
        StringBuilder squares = new StringBuilder();
        for (int y = 0; y < code.size; y++)
            for (int x = 0; x < code.size; x++)
                if (code.getModule(x, y)) squares.append("M%d %dh1v1h-1z".formatted(x + 4, y + 4));
        String svg = """
                <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %1$d" shape-rendering="crispEdges">\
                <path fill="#fff" d="M0 0h%1$dv%1$dH0z"/><path d="%2$s"/></svg>""".formatted(code.size + 8, squares);
        return "data:image/svg+xml;base64," + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8));
    }
}
