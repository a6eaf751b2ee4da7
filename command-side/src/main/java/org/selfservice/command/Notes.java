package org.selfservice.command;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.messaging.unitofwork.CurrentUnitOfWork;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What a process remembers: written all together when the batch of events that it handles is done, in the order in which it
 * was noted and in the transaction of its position. Whoever reads in a batch what was noted in it says {@link #write} first.
 */
public final class Notes {
    private final JdbcTemplate portal;

    public Notes(DataSource portal) {
        this.portal = new JdbcTemplate(portal);
    }

    private record Note(String sql, Object[] values) {}

    /** @throws IllegalStateException outside of a batch */
    public void add(String sql, Object... values) {
        UnitOfWork<?> batch = CurrentUnitOfWork.get().root();
        batch.<List<Note>>getOrComputeResource(toString(), _ -> {
                    batch.onPrepareCommit(_ -> write());
                    return new ArrayList<>();
                })
                .add(new Note(sql, values));
    }

    public void write() {
        List<Note> notes = CurrentUnitOfWork.get().root().getOrDefaultResource(toString(), new ArrayList<>());
        for (int from = 0, to; from < notes.size(); from = to) {
            String sql = notes.get(from).sql();
            for (to = from + 1; to < notes.size() && notes.get(to).sql().equals(sql); ) {
                to++;
            }
            portal.batchUpdate(
                    sql, notes.subList(from, to).stream().map(Note::values).toList());
        }
        notes.clear();
    }
}
