package org.selfservice.store;

import java.nio.charset.StandardCharsets;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.Keys.ScopeErased;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.notification.Failure;
import org.selfservice.kernel.notification.Message;
import org.selfservice.kernel.notification.Notice;
import org.selfservice.kernel.notification.Outbox;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.registrant.ContactPreferences.Via;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * A row per message. It stays when the message was sent or dropped, without the address, so that the same is never kept a
 * second time.
 */
final class EncryptedOutbox implements Outbox {
    static final String TABLE = """
            create table if not exists notification (
                number bigint generated always as identity primary key,
                cause text not null,
                channel text not null,
                notice text not null,
                registrant text not null,
                address bytea,
                language text not null,
                code text,
                program text,
                application text,
                reference text,
                day date,
                happened_at timestamptz not null,
                state text not null default 'WAITING',
                due_at timestamptz not null,
                attempts int not null default 0,
                tried_at timestamptz,
                failure text,
                reply int,
                unique (cause, channel))""";
    /** Before there were messages about no program they had to name one. */
    static final String ABOUT_NO_PROGRAM =
            "alter table notification alter column code drop not null, alter column program drop not null";

    static final String DUE =
            "create index if not exists notification_due on notification (due_at) where state = 'WAITING'";
    static final String UNDELIVERED =
            "create index if not exists notification_undelivered on notification (number) where state = 'UNDELIVERED'";
    static final String BY_REGISTRANT =
            "create index if not exists notification_registrant on notification (registrant)";

    private static final String DROP = "update notification set state = 'DROPPED', address = null where ";

    private final JdbcClient portal;
    private final Keys keys;

    EncryptedOutbox(DataSource portal, Keys keys) {
        this.portal = JdbcClient.create(portal);
        this.keys = keys;
    }

    @Override
    public void keep(Message message) {
        byte[] address;
        try {
            address = keys.encrypt(
                    message.registrant().value(),
                    message.address().or("").getBytes(StandardCharsets.UTF_8),
                    context(message.cause(), message.channel()));
        } catch (ScopeErased nobody) {
            return;
        }
        portal.sql("""
                        insert into notification (cause, channel, notice, registrant, address, language, code, program,
                            application, reference, day, happened_at, due_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing""")
                .params(
                        message.cause(),
                        message.channel().name(),
                        message.notice().name(),
                        message.registrant().value(),
                        address,
                        message.language(),
                        message.code() == null ? null : message.code().value(),
                        message.program(),
                        message.application() == null
                                ? null
                                : message.application().value(),
                        message.reference(),
                        message.date() == null ? null : Date.valueOf(message.date()),
                        Timestamp.from(message.at()),
                        Timestamp.from(message.at()))
                .update();
    }

    @Override
    public Optional<Taken> take(Set<Via> channels, Instant now, Duration hold) {
        while (true) {
            Optional<Taken> next = portal.sql("""
                            update notification set due_at = :held where number = (
                                select number from notification
                                where state = 'WAITING' and due_at <= :now and channel = any(string_to_array(:channels, ','))
                                order by due_at limit 1
                                for update skip locked)
                            returning *""")
                    .param("held", Timestamp.from(now.plus(hold)))
                    .param("now", Timestamp.from(now))
                    .param("channels", channels.stream().map(Enum::name).collect(Collectors.joining(",")))
                    .query((row, _) -> new Taken(row.getLong("number"), row.getInt("attempts"), message(row)))
                    .optional();
            if (next.isEmpty() || !next.get().message().address().isErased()) {
                return next;
            }
            drop(next.get().number());
        }
    }

    @Override
    public void sent(long number, Instant at) {
        portal.sql("""
                        update notification set state = 'SENT', address = null, attempts = attempts + 1, tried_at = ?,
                            failure = null, reply = null
                        where number = ? and state <> 'DROPPED'""").params(Timestamp.from(at), number).update();
    }

    @Override
    public void failed(long number, Failure why, @Nullable Integer reply, Instant at, @Nullable Instant again) {
        portal.sql("""
                        update notification set state = ?, due_at = coalesce(?, due_at), attempts = attempts + 1, tried_at = ?,
                            failure = ?, reply = ?
                        where number = ? and state = 'WAITING'""")
                .params(
                        again == null ? "UNDELIVERED" : "WAITING",
                        again == null ? null : Timestamp.from(again),
                        Timestamp.from(at),
                        why.name(),
                        reply,
                        number)
                .update();
    }

    @Override
    public List<Undelivered> undelivered(int limit) {
        return portal.sql("select * from notification where state = 'UNDELIVERED' order by number desc limit ?")
                .param(limit)
                .query(undelivered())
                .list();
    }

    @Override
    public boolean tryAgain(long number, Instant now) {
        return portal.sql(
                                "update notification set state = 'WAITING', due_at = ? where number = ? and state = 'UNDELIVERED'")
                        .params(Timestamp.from(now), number)
                        .update()
                > 0;
    }

    @Override
    public int tryAllAgain(Instant now) {
        return portal.sql("update notification set state = 'WAITING', due_at = ? where state = 'UNDELIVERED'")
                .param(Timestamp.from(now))
                .update();
    }

    @Override
    public boolean drop(long number) {
        return portal.sql(DROP + "number = ? and state in ('WAITING', 'UNDELIVERED')")
                        .param(number)
                        .update()
                > 0;
    }

    @Override
    public void drop(RegistrantId registrant) {
        portal.sql(DROP + "registrant = ? and state in ('WAITING', 'UNDELIVERED')")
                .param(registrant.value())
                .update();
    }

    @Override
    public List<Count> counts() {
        return portal.sql("""
                        select channel, state = 'UNDELIVERED' as undelivered, count(*) as messages, min(happened_at) as oldest
                        from notification where state in ('WAITING', 'UNDELIVERED')
                        group by channel, state order by channel, state""")
                .query((row, _) -> new Count(
                        Via.valueOf(row.getString("channel")),
                        row.getBoolean("undelivered"),
                        row.getLong("messages"),
                        row.getTimestamp("oldest").toInstant()))
                .list();
    }

    private RowMapper<Undelivered> undelivered() {
        return (row, _) -> new Undelivered(
                row.getLong("number"),
                row.getInt("attempts"),
                message(row),
                Failure.valueOf(row.getString("failure")),
                row.getObject("reply", Integer.class),
                row.getTimestamp("tried_at").toInstant());
    }

    private Message message(ResultSet row) throws SQLException {
        RegistrantId registrant = new RegistrantId(row.getString("registrant"));
        Via channel = Via.valueOf(row.getString("channel"));
        String cause = row.getString("cause");
        String application = row.getString("application");
        String code = row.getString("code");
        return new Message(
                cause,
                channel,
                Notice.valueOf(row.getString("notice")),
                registrant,
                address(registrant, row.getBytes("address"), context(cause, channel)),
                row.getString("language"),
                code == null ? null : new ProgramCode(code),
                row.getString("program"),
                application == null ? null : new ApplicationId(application),
                row.getString("reference"),
                row.getObject("day", LocalDate.class),
                row.getTimestamp("happened_at").toInstant());
    }

    private Personal<String> address(RegistrantId registrant, byte @Nullable [] cipher, String context) {
        byte[] plain = cipher == null ? null : keys.decrypt(registrant.value(), cipher, context);
        return plain == null ? Personal.erased() : Personal.of(new String(plain, StandardCharsets.UTF_8));
    }

    private static String context(String cause, Via channel) {
        return "notification/" + channel + "/" + cause;
    }
}
