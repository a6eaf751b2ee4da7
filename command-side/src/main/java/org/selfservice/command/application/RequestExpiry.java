package org.selfservice.command.application;

import java.sql.Timestamp;
import java.time.Instant;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.selfservice.command.Courier;
import org.selfservice.command.Decide;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationCommand.ExpireRequest;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationId;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/** Remembers until when each request for information may be answered, and asks to end those that were not. The application decides. */
@Component
@ProcessingGroup("request-expiry")
@DisallowReplay
class RequestExpiry {
    private static final Logger LOG = LoggerFactory.getLogger(RequestExpiry.class);
    private static final int AT_ONCE = 500;

    private final JdbcClient portal;
    private final Courier courier;

    RequestExpiry(@Qualifier("portalDataSource") DataSource portal, Courier courier) {
        this.portal = JdbcClient.create(portal);
        this.courier = courier;
        this.portal
                .sql("create table if not exists information_request ("
                        + "application text primary key, deadline timestamptz not null)")
                .update();
        this.portal
                .sql("create index if not exists information_request_deadline on information_request (deadline)")
                .update();
    }

    @EventHandler
    void on(InformationRequested requested) {
        portal.sql("insert into information_request values (?, ?)"
                        + " on conflict (application) do update set deadline = excluded.deadline")
                .params(requested.stream(), Timestamp.from(requested.deadline()))
                .update();
    }

    @EventHandler
    void on(InformationProvided provided) {
        forget(provided.stream());
    }

    @EventHandler
    void on(RequestExpired expired) {
        forget(expired.stream());
    }

    @EventHandler
    void on(ApplicationApproved approved) {
        forget(approved.stream());
    }

    @EventHandler
    void on(ApplicationRejected rejected) {
        forget(rejected.stream());
    }

    @EventHandler
    void on(ApplicationWithdrawn withdrawn) {
        forget(withdrawn.stream());
    }

    @EventHandler
    void on(ApplicationErased erased) {
        forget(erased.stream());
    }

    private void forget(String application) {
        portal.sql("delete from information_request where application = ?")
                .param(application)
                .update();
    }

    @Scheduled(fixedDelayString = "${portal.requests.expiry-check:PT1M}")
    void expire() {
        Instant now = Decide.now();
        portal.sql("select application from information_request where deadline <= ? order by deadline limit ?")
                .params(Timestamp.from(now), AT_ONCE)
                .query(String.class)
                .list()
                .forEach(application -> expire(new ApplicationId(application), now));
    }

    private void expire(ApplicationId application, Instant now) {
        try {
            courier.send(new ExpireRequest(application), "request-expiry-" + now);
        } catch (Refused no) {
            LOG.info("the request to {} does not expire: {}", application, no.code());
        } catch (RuntimeException failed) {
            LOG.error("the request to {} does not expire and is tried again", application, failed);
        }
    }
}
