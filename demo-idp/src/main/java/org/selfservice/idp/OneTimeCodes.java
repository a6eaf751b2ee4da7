package org.selfservice.idp;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Sends and checks one-time codes, and is the phone that they arrive on. */
final class OneTimeCodes {
    static final int TRIES_PER_CODE = 3;
    static final int CODES_PER_SIGN_IN = 3;
    static final int WRONG_TRIES_PER_ACCOUNT = 9;
    static final Duration LIFE = Duration.ofMinutes(3);
    static final Duration PAUSE = Duration.ofMinutes(15);

    private final SecureRandom random = new SecureRandom();
    private final Deque<Message> messages = new ArrayDeque<>();
    private final Map<String, Deque<Instant>> wrongTries = new HashMap<>();
    private final Clock clock;

    OneTimeCodes(Clock clock) {
        this.clock = clock;
    }

    /** What is kept of a code: not the code. */
    record Challenge(byte[] hash, Instant expires, int triesLeft) {}

    /** What arrived on somebody's phone, or in their mail box. */
    record Message(Person person, String code, Instant sent) {}

    enum Check {
        RIGHT,
        WRONG,
        EXPIRED,
        SPENT
    }

    /** False: this sign-in had its codes, or there were too many wrong tries for this person lately. */
    synchronized boolean send(SignIn signIn, Person person) {
        if (signIn.codesSent >= CODES_PER_SIGN_IN || paused(person.individualId())) return false;
        String code = "%06d".formatted(random.nextInt(1_000_000));
        Instant now = clock.instant();
        signIn.claimedBy(person);
        signIn.codesSent++;
        signIn.challenge = new Challenge(hash(signIn, person, code), now.plus(LIFE), TRIES_PER_CODE);
        messages.addFirst(new Message(person, code, now));
        messages.removeIf(message -> message.sent().isBefore(now.minus(PAUSE)));
        return true;
    }

    synchronized Check check(SignIn signIn, Person person, String typed) {
        Challenge challenge = signIn.challenge;
        if (challenge == null || challenge.triesLeft() == 0 || paused(person.individualId())) return Check.SPENT;
        if (clock.instant().isAfter(challenge.expires())) return Check.EXPIRED;
        if (MessageDigest.isEqual(challenge.hash(), hash(signIn, person, Directory.normalised(typed)))) {
            wrongTries.remove(person.individualId());
            signIn.proven(Factor.ONE_TIME_CODE, clock.instant());
            return Check.RIGHT;
        }
        wrong(person.individualId());
        int left = challenge.triesLeft() - 1;
        signIn.challenge = new Challenge(challenge.hash(), challenge.expires(), left);
        return left == 0 ? Check.SPENT : Check.WRONG;
    }

    /** Counts a wrong code or password against an account. */
    synchronized void wrong(String account) {
        wrongTries.computeIfAbsent(account, any -> new ArrayDeque<>()).add(clock.instant());
    }

    /** An account rests after too many wrong tries, however many sign-ins they were spread over. */
    synchronized boolean paused(String account) {
        Deque<Instant> tries = wrongTries.getOrDefault(account, new ArrayDeque<>());
        tries.removeIf(at -> at.isBefore(clock.instant().minus(PAUSE)));
        return tries.size() >= WRONG_TRIES_PER_ACCOUNT;
    }

    /** The messages of the last minutes, newest first. */
    synchronized List<Message> messages() {
        Instant oldest = clock.instant().minus(PAUSE);
        return messages.stream()
                .filter(message -> !message.sent().isBefore(oldest))
                .toList();
    }

    synchronized Optional<String> newest(Person person) {
        return messages().stream()
                .filter(message -> message.person().equals(person))
                .map(Message::code)
                .findFirst();
    }

    private static byte[] hash(SignIn signIn, Person person, String code) {
        try {
            String bound = signIn.id + "|" + person.individualId() + "|" + code;
            return MessageDigest.getInstance("SHA-256").digest(bound.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
