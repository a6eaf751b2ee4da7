package org.selfservice.store;

import java.sql.ResultSet;
import java.util.concurrent.atomic.AtomicLongArray;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Which streams there may be: one that is not in here is not in the store either, and nobody has to ask for it. A Bloom filter
 * of 4 MB; with two million streams it sends one in a thousand to the store in vain, and the fuller it is, the more.
 */
final class BegunStreams {
    private static final Logger LOG = LoggerFactory.getLogger(BegunStreams.class);
    private static final int BITS = 1 << 25;
    private static final int HASHES = 4;
    private static final int AT_ONCE = 10_000;

    private final AtomicLongArray words = new AtomicLongArray(BITS / Long.SIZE);
    private volatile boolean complete;

    /** Of streams that are begun meanwhile it must be told. */
    void readFrom(DataSource events) {
        JdbcTemplate store = new JdbcTemplate(events);
        store.setFetchSize(AT_ONCE);
        try {
            // in a transaction, as the driver takes all rows at once otherwise
            new TransactionTemplate(new DataSourceTransactionManager(events))
                    .executeWithoutResult(
                            _ -> store.query("select stream from event where sequence_number = 0", (ResultSet row) -> {
                                add(row.getString(1));
                            }));
            complete = true;
        } catch (DataAccessException | TransactionException failed) {
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
