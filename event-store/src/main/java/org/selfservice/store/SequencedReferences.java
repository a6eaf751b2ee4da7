package org.selfservice.store;

import javax.sql.DataSource;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.application.References;
import org.springframework.jdbc.core.JdbcTemplate;

/** Numbers from one sequence for all programs, written as references. A number that was taken and not used is lost. */
final class SequencedReferences implements References {
    static final String SEQUENCE = "create sequence if not exists reference_number";

    private final JdbcTemplate portal;

    SequencedReferences(DataSource portal) {
        this.portal = new JdbcTemplate(portal);
    }

    @Override
    public String next(String prefix) {
        Long number = portal.queryForObject("select nextval('reference_number')", Long.class);
        if (number == null) {
            throw new IllegalStateException("the sequence gave no number");
        }
        return Reference.of(prefix, number).value();
    }
}
