package org.selfservice.store;

import java.util.List;
import javax.sql.DataSource;
import org.selfservice.kernel.application.SavedFilters;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In the portal's database: what one keeps for oneself is no event. */
final class StoredFilters implements SavedFilters {
    static final String TABLE = "create table if not exists saved_filter ("
            + "staff text not null, name text not null, query text not null, primary key (staff, name))";

    private final JdbcClient portal;

    StoredFilters(DataSource portal) {
        this.portal = JdbcClient.create(portal);
    }

    @Override
    public List<Saved> of(String staff) {
        return portal.sql("select name, query from saved_filter where staff = ? order by name")
                .param(staff)
                .query((row, _) -> new Saved(row.getString("name"), row.getString("query")))
                .list();
    }

    @Override
    public boolean keep(String staff, Saved filter) {
        List<Saved> known = of(staff);
        boolean isNew = known.stream().noneMatch(one -> one.name().equals(filter.name()));
        if (isNew && known.size() >= MOST) {
            return false;
        }
        portal.sql(
                        "insert into saved_filter values (?, ?, ?) on conflict (staff, name) do update set query = excluded.query")
                .params(staff, filter.name(), filter.query())
                .update();
        return true;
    }

    @Override
    public void forget(String staff, String name) {
        portal.sql("delete from saved_filter where staff = ? and name = ?")
                .params(staff, name)
                .update();
    }
}
