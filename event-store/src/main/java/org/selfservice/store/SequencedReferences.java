package org.selfservice.store;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.application.References;
import org.springframework.jdbc.core.JdbcTemplate;

/** Numbers from one sequence for all programs, written as references. They are taken by the hundred; one that is not used is lost. */
final class SequencedReferences implements References {
    static final String SEQUENCE = "create sequence if not exists reference_number";

    private static final String HUNDRED = "select nextval('reference_number') from generate_series(1, 100)";

    private final JdbcTemplate portal;
    private final Queue<Long> numbers = new ConcurrentLinkedQueue<>();

    SequencedReferences(DataSource portal) {
        this.portal = new JdbcTemplate(portal);
    }

    @Override
    public String next(String prefix) {
        Long number = numbers.poll();
        while (number == null) {
            numbers.addAll(portal.queryForList(HUNDRED, Long.class));
            number = numbers.poll();
        }
        return Reference.of(prefix, number).value();
    }
}
