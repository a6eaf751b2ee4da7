package org.selfservice.store;

import javax.sql.DataSource;
import org.selfservice.kernel.identity.StaffNames;
import org.springframework.jdbc.core.simple.JdbcClient;

/** In the portal's database: what somebody who works here is called now is no event. */
final class StoredStaffNames implements StaffNames {
    static final String TABLE = "create table if not exists staff_name (login text primary key, name text not null)";

    private final JdbcClient portal;

    StoredStaffNames(DataSource portal) {
        this.portal = JdbcClient.create(portal);
    }

    @Override
    public void learn(String login, String name) {
        portal.sql("insert into staff_name values (?, ?) on conflict (login) do update set name = excluded.name")
                .params(login, name)
                .update();
    }

    @Override
    public String of(String login) {
        return portal.sql("select name from staff_name where login = ?")
                .param(login)
                .query(String.class)
                .optional()
                .orElse(login);
    }
}
