package org.selfservice.command.application;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.selfservice.command.Courier;
import org.selfservice.command.Decide;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ExpireDraft;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.AnswersSaved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/**
 * Remembers until when each draft is kept, and asks to expire those whose time is over. The application decides: it may
 * have been saved meanwhile.
 */
@Component
@ProcessingGroup("draft-expiry")
@DisallowReplay
class DraftExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(DraftExpiry.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient portal;
    private final Courier courier;

    DraftExpiry(@Qualifier("portalDataSource") DataSource portal, Courier courier) {
        this.portal = JdbcClient.create(portal);
        this.courier = courier;
        this.portal
                .sql("create table if not exists draft (application text primary key, kept_until timestamptz not null)")
                .update();
        this.portal
                .sql("create index if not exists draft_kept_until on draft (kept_until)")
                .update();
    }

    @EventHandler
    void on(ApplicationEvent event) {
        switch (event) {
            case ApplicationStarted started ->
                portal.sql("insert into draft values (?, ?) on conflict do nothing")
                        .params(started.stream(), Timestamp.from(started.keptUntil()))
                        .update();
            case AnswersSaved saved ->
                portal.sql("update draft set kept_until = ? where application = ?")
                        .params(Timestamp.from(saved.keptUntil()), saved.stream())
                        .update();
            case ApplicationSubmitted _, ApplicationWithdrawn _, DraftExpired _, ApplicationErased _ ->
                portal.sql("delete from draft where application = ?")
                        .param(event.stream())
                        .update();
            default -> {}
        }
    }

    @Scheduled(fixedDelayString = "${portal.drafts.expiry-check:PT1M}")
    void expire() {
        Instant now = Decide.now();
        List<String> due = portal.sql("select application from draft where kept_until <= ? order by kept_until limit ?")
                .params(Timestamp.from(now), AT_ONCE)
                .query(String.class)
                .list();
        for (String application : due) {
            try {
                courier.send(new ExpireDraft(new ApplicationId(application)), "draft-expiry-" + now);
            } catch (Refused no) {
                LOG.info("{} is not expired: {}", application, no.code());
            } catch (RuntimeException failed) {
                LOG.error("{} is not expired and is tried again", application, failed);
            }
        }
    }
}
