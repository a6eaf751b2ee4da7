package org.selfservice.command.registrant;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.axonframework.config.ProcessingGroup;
import org.axonframework.eventhandling.DisallowReplay;
import org.axonframework.eventhandling.EventHandler;
import org.axonframework.messaging.annotation.MessageIdentifier;
import org.selfservice.command.Courier;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.identity.Pseudonyms;
import org.selfservice.kernel.registrant.Demographics;
import org.selfservice.kernel.registrant.RegistrantCommand.NoteSameNumber;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantId;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Notices when the providers of two registrants vouch for one ID number: perhaps one person has two IDs here. It is told to
 * both and to staff, and nothing is put together.
 */
@Component
@ProcessingGroup("same-numbers")
@DisallowReplay
class SameNumbers {
    private static final List<String> NUMBERS = List.of(Demographics.NATIONAL_ID, Demographics.FARMER_ID);
    private static final int MOST = 5;

    private final JdbcClient portal;
    private final Pseudonyms pseudonyms;
    private final Courier courier;

    SameNumbers(@Qualifier("portalDataSource") DataSource portal, Pseudonyms pseudonyms, Courier courier) {
        this.portal = JdbcClient.create(portal);
        this.pseudonyms = pseudonyms;
        this.courier = courier;
        this.portal
                .sql("create table if not exists number_of"
                        + " (number text not null, registrant text not null, primary key (number, registrant))")
                .update();
        this.portal
                .sql("create index if not exists number_of_registrant on number_of (registrant)")
                .update();
    }

    @EventHandler
    void on(DemographicsReceived received, @MessageIdentifier String event) {
        Map<String, Answer> values = received.values().or(Map.of());
        NUMBERS.forEach(attribute -> {
            if (values.get(attribute) instanceof Answer.Text(String number) && !number.isBlank()) {
                compare(received.registrant(), attribute, hash(attribute, number), event);
            }
        });
    }

    @EventHandler
    void on(RegistrantErased erased) {
        portal.sql("delete from number_of where registrant = ?")
                .param(erased.stream())
                .update();
    }

    private void compare(RegistrantId registrant, String attribute, String number, String event) {
        portal.sql("insert into number_of values (?, ?) on conflict do nothing")
                .params(number, registrant.value())
                .update();
        portal.sql("select registrant from number_of where number = ? and registrant <> ? order by registrant limit ?")
                .params(number, registrant.value(), MOST)
                .query(String.class)
                .list()
                .forEach(other -> {
                    tell(new NoteSameNumber(registrant, attribute, new RegistrantId(other)), event);
                    tell(new NoteSameNumber(new RegistrantId(other), attribute, registrant), event);
                });
    }

    private void tell(NoteSameNumber command, String event) {
        try {
            courier.send(command, event);
        } catch (Refused no) {
            if (no.code() != RefusalCode.REGISTRANT_ERASED) {
                throw no;
            }
        }
    }

    /** Numbers are few enough to be tried one by one, so they are kept only as what a key makes of them. */
    private String hash(String attribute, String number) {
        String plain = number.replaceAll("[^\\p{L}\\p{N}]", "").toUpperCase(Locale.ROOT);
        return pseudonyms.registrant(attribute, plain, 0).value();
    }
}
