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
import org.selfservice.command.Notes;
import org.selfservice.command.Streams;
import org.selfservice.command.notification.Notices;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ExpireDraft;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationSubmitted;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.notification.Notice;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Remembers when each draft may be due, and asks to expire those whose time is over. The application decides. */
@Component
@ProcessingGroup("draft-expiry")
@DisallowReplay
class DraftExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(DraftExpiry.class);
    private static final int AT_ONCE = 500;
    /** Before a draft expires, its person is told so. */
    private static final Duration NOTICE = Duration.ofDays(3);

    private final JdbcClient portal;
    private final Notes notes;
    private final Courier courier;
    private final Streams streams;
    private final Notices notices;

    DraftExpiry(@Qualifier("portalDataSource") DataSource portal, Courier courier, Streams streams, Notices notices) {
        this.streams = streams;
        this.notices = notices;
        this.portal = JdbcClient.create(portal);
        this.notes = new Notes(portal);
        this.courier = courier;
        this.portal
                .sql("create table if not exists draft (application text primary key, kept_until timestamptz not null)")
                .update();
        this.portal
                .sql("alter table draft add column if not exists told_of timestamptz")
                .update();
        this.portal
                .sql("create index if not exists draft_kept_until on draft (kept_until)")
                .update();
    }

    @EventHandler
    void on(ApplicationStarted started) {
        notes.add(
                "insert into draft (application, kept_until) values (?, ?) on conflict do nothing",
                started.stream(),
                Timestamp.from(started.keptUntil()));
    }

    @EventHandler
    void on(ApplicationSubmitted submitted) {
        forget(submitted.stream());
    }

    @EventHandler
    void on(ApplicationWithdrawn withdrawn) {
        forget(withdrawn.stream());
    }

    @EventHandler
    void on(DraftExpired expired) {
        forget(expired.stream());
    }

    @EventHandler
    void on(ApplicationErased erased) {
        forget(erased.stream());
    }

    private void forget(String application) {
        notes.add("delete from draft where application = ?", application);
    }

    @Scheduled(fixedDelayString = "${portal.drafts.expiry-check:PT1M}")
    void expire() {
        Instant now = Decide.now();
        portal.sql("select application from draft where kept_until <= ? order by kept_until limit ?")
                .params(Timestamp.from(now), AT_ONCE)
                .query(String.class)
                .list()
                .forEach(application -> expire(new ApplicationId(application), now));
    }

    @Scheduled(fixedDelayString = "${portal.drafts.notice-check:PT10M}")
    void giveNotice() {
        Instant now = Decide.now();
        portal.sql("""
                        select application from draft
                        where kept_until > ? and kept_until <= ? and kept_until is distinct from told_of
                        order by kept_until limit ?""")
                .params(Timestamp.from(now), Timestamp.from(now.plus(NOTICE)), AT_ONCE)
                .query(String.class)
                .list()
                .forEach(application -> giveNotice(new ApplicationId(application), now));
    }

    private void giveNotice(ApplicationId application, Instant now) {
        try {
            Case file = Case.of(streams, application).facts();
            Instant keptUntil = file.draft().keptUntil();
            boolean isDue = !keptUntil.isAfter(now.plus(NOTICE));
            if (isDue && file.state() == ApplicationState.DRAFT && !file.erased()) {
                notices.tell(
                        "draft-expires-" + application + "-" + keptUntil,
                        Notice.DRAFT_EXPIRES,
                        file.begun().registrant(),
                        file.begun().program(),
                        application,
                        keptUntil,
                        now);
            }
            portal.sql("update draft set kept_until = ?, told_of = ? where application = ?")
                    .params(Timestamp.from(keptUntil), isDue ? Timestamp.from(keptUntil) : null, application.value())
                    .update();
        } catch (RuntimeException failed) {
            LOG.error("Nobody is told yet that {} expires", application, failed);
        }
    }

    /** Each saving keeps a draft longer: only when it seems due is the application asked until when. */
    private void expire(ApplicationId application, Instant now) {
        try {
            Instant keptUntil = Case.of(streams, application).facts().draft().keptUntil();
            if (keptUntil.isAfter(now)) {
                portal.sql("update draft set kept_until = ? where application = ?")
                        .params(Timestamp.from(keptUntil), application.value())
                        .update();
            } else {
                courier.send(new ExpireDraft(application), "draft-expiry-" + now);
            }
        } catch (Refused no) {
            LOG.info("{} is not expired: {}", application, no.code());
        } catch (RuntimeException failed) {
            LOG.error("{} is not expired and is tried again", application, failed);
        }
    }
}
