package org.selfservice.command.application;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.selfservice.command.Courier;
import org.selfservice.command.Decide;
import org.selfservice.command.Streams;
import org.selfservice.command.program.Offer;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ForgetApplication;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.program.ProgramCode;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers when applications that came to nothing were closed, and asks to erase those that their programs keep no longer.
 * The application decides.
 */
@Component
@ProcessingGroup("retention")
@DisallowReplay
class Forgetting {
    private static final Logger LOG = LoggerFactory.getLogger(Forgetting.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient portal;
    private final Courier courier;
    private final Streams streams;

    Forgetting(@Qualifier("portalDataSource") DataSource portal, Courier courier, Streams streams) {
        this.streams = streams;
        this.portal = JdbcClient.create(portal);
        this.courier = courier;
        this.portal
                .sql("create table if not exists closed_case (application text primary key, program text not null,"
                        + " state text not null, closed_at timestamptz not null)")
                .update();
        this.portal
                .sql("create index if not exists closed_case_due on closed_case (program, state, closed_at)")
                .update();
    }

    private record Kind(ProgramCode program, ApplicationState state) {}

    // one handler a kind: whoever handles all events of an application has each of them deciphered
    @EventHandler
    void on(ApplicationRejected rejected, @org.axonframework.eventhandling.Timestamp Instant at) {
        remember(rejected, ApplicationState.REJECTED, at);
    }

    @EventHandler
    void on(ApplicationWithdrawn withdrawn, @org.axonframework.eventhandling.Timestamp Instant at) {
        remember(withdrawn, ApplicationState.WITHDRAWN, at);
    }

    @EventHandler
    void on(DraftExpired expired, @org.axonframework.eventhandling.Timestamp Instant at) {
        remember(expired, ApplicationState.EXPIRED, at);
    }

    @EventHandler
    void on(DecisionCorrected corrected, @org.axonframework.eventhandling.Timestamp Instant at) {
        if (corrected.approved()) {
            forget(corrected);
        } else {
            remember(corrected, ApplicationState.REJECTED, at);
        }
    }

    @EventHandler
    void on(ApplicationApproved approved) {
        forget(approved);
    }

    @EventHandler
    void on(ApplicationErased erased) {
        forget(erased);
    }

    private void remember(ApplicationEvent event, ApplicationState state, Instant at) {
        portal.sql("insert into closed_case values (?, ?, ?, ?) on conflict (application)"
                        + " do update set state = excluded.state, closed_at = excluded.closed_at")
                .params(event.stream(), event.program().value(), state.name(), Timestamp.from(at))
                .update();
    }

    private void forget(ApplicationEvent event) {
        portal.sql("delete from closed_case where application = ?")
                .param(event.stream())
                .update();
    }

    @Scheduled(fixedDelayString = "${portal.retention.check:PT10M}")
    void eraseWhatIsDue() {
        Instant now = Decide.now();
        portal.sql("select distinct program, state from closed_case")
                .query((row, _) -> new Kind(
                        new ProgramCode(row.getString("program")), ApplicationState.valueOf(row.getString("state"))))
                .list()
                .forEach(kind -> eraseWhatIsDue(kind, now));
    }

    private void eraseWhatIsDue(Kind kind, Instant now) {
        Integer days = Offer.of(streams, kind.program()).facts().retention().days(kind.state());
        if (days == null) {
            return;
        }
        portal.sql("select application from closed_case where program = ? and state = ? and closed_at <= ?"
                        + " order by closed_at limit ?")
                .params(
                        kind.program().value(),
                        kind.state().name(),
                        Timestamp.from(now.minus(Duration.ofDays(days))),
                        AT_ONCE)
                .query(String.class)
                .list()
                .forEach(application -> erase(new ApplicationId(application), now));
    }

    private void erase(ApplicationId application, Instant now) {
        try {
            courier.send(new ForgetApplication(application), "retention-" + now);
        } catch (Refused no) {
            LOG.info("{} is not erased: {}", application, no.code());
        } catch (RuntimeException failed) {
            LOG.error("{} is not erased and is tried again", application, failed);
        }
    }
}
