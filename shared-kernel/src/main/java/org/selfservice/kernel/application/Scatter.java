package org.selfservice.kernel.application;

/**
 * Scatters consecutive numbers so that neighbours do not look alike. A Feistel network over two halves of different size
 * (J. Black and P. Rogaway, "Ciphers with Arbitrary Finite Domains", 2002, FE1) gives each number below {@link
 * Reference#NUMBERS} exactly one other. It hides nothing: there is no key, and references are no secrets.
 */
final class Scatter {
    private static final long LEFT = 27_000;
    private static final long RIGHT = Reference.NUMBERS / LEFT;
    private static final int ROUNDS = 6;

    private Scatter() {}

    static long number(long number) {
        long left = number / RIGHT;
        long right = number % RIGHT;
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 2 == 0) {
                left = (left + mixed(right, round, LEFT)) % LEFT;
            } else {
                right = (right + mixed(left, round, RIGHT)) % RIGHT;
            }
        }
        return left * RIGHT + right;
    }

    /** The finalizer of SplitMix64 (Steele, Lea and Flood, 2014). These figures are for ever: others would name applications anew. */
    private static long mixed(long half, int round, long below) {
        long z = half + (round + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return Long.remainderUnsigned(z ^ (z >>> 31), below);
    }
}
