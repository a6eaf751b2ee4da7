package org.selfservice.store;

import java.util.concurrent.atomic.AtomicLongArray;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which streams there may be: one that is not in here is not in the store either, and nobody has to ask for it. A Bloom filter
 * of 4 MB; with two million streams it sends one in a thousand to the store in vain, and the fuller it is, the more.
 */
final class BegunStreams {
    private static final Logger LOG = LoggerFactory.getLogger(BegunStreams.class);
    private static final int BITS = 1 << 25;
    private static final int HASHES = 4;

    private final AtomicLongArray words = new AtomicLongArray(BITS / Long.SIZE);
    private volatile boolean complete;

    interface Store {
        /**
         * Names each stream that there was when it was asked, and perhaps some that were begun since.
         *
         * @throws RuntimeException when it cannot name all of them
         */
        void eachStream(Consumer<String> stream);
    }

    /** Of streams that are begun meanwhile it must be told. */
    void readFrom(Store store) {
        try {
            store.eachStream(this::add);
            complete = true;
        } catch (RuntimeException failed) {
            LOG.warn("The store is asked for each new stream, as its streams cannot be read", failed);
        }
    }

    void add(String stream) {
        long hash = hash(stream);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            words.accumulateAndGet(bit / Long.SIZE, 1L << bit, (word, more) -> word | more);
        }
    }

    boolean mayHold(String stream) {
        if (!complete) {
            return true;
        }
        long hash = hash(stream);
        for (int i = 0; i < HASHES; i++) {
            int bit = bit(hash, i);
            if ((words.get(bit / Long.SIZE) & 1L << bit) == 0) {
                return false;
            }
        }
        return true;
    }

    /** Kirsch and Mitzenmacher, Less Hashing, Same Performance (2006): two halves do for any number of hashes. */
    private static int bit(long hash, int i) {
        return (int) hash + i * ((int) (hash >>> 32) | 1) & BITS - 1;
    }

    private static long hash(String stream) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < stream.length(); i++) {
            hash = (hash ^ stream.charAt(i)) * 0x100000001b3L;
        }
        // the last bits of the finalizer of MurmurHash3, as FNV mixes them little
        hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        hash = (hash ^ hash >>> 33) * 0xc4ceb9fe1a85ec53L;
        return hash ^ hash >>> 33;
    }
}
