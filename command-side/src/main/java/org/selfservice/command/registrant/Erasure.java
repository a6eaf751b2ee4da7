package org.selfservice.command.registrant;

import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.command.Notes;
import org.selfservice.command.Streams;
import org.selfservice.kernel.Keys;
import org.selfservice.kernel.application.ApplicationCommand.EraseApplication;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Destroys keys once it is on file that they must go, and erases the cases of a person who is erased: those that it
 * remembers, and one that begins at the same moment.
 */
@Component
@ProcessingGroup("erasure")
@DisallowReplay
class Erasure {
    private final JdbcClient portal;
    private final Notes notes;
    private final Keys keys;
    private final Courier courier;
    private final Streams streams;

    Erasure(@Qualifier("portalDataSource") DataSource portal, Keys keys, Courier courier, Streams streams) {
        this.portal = JdbcClient.create(portal);
        this.notes = new Notes(portal);
        this.keys = keys;
        this.courier = courier;
        this.streams = streams;
        this.portal
                .sql("create table if not exists case_of (application text primary key, registrant text not null)")
                .update();
        this.portal
                .sql("create index if not exists case_of_registrant on case_of (registrant)")
                .update();
    }

    @EventHandler
    void on(ApplicationStarted started, @MessageIdentifier String event) {
        notes.add(
                "insert into case_of values (?, ?) on conflict do nothing",
                started.stream(),
                started.registrant().value());
        if (Person.isErased(streams, started.registrant())) {
            courier.send(new EraseApplication(started.application()), event);
        }
    }

    @EventHandler
    void on(RegistrantErased erased, @MessageIdentifier String event) {
        notes.write();
        portal.sql("select application from case_of where registrant = ?")
                .param(erased.stream())
                .query(String.class)
                .list()
                .forEach(application -> courier.send(new EraseApplication(new ApplicationId(application)), event));
        keys.destroy(erased.scope());
    }

    @EventHandler
    void on(ApplicationErased erased) {
        keys.destroy(erased.scope());
        notes.add("delete from case_of where application = ?", erased.stream());
    }
}
