package org.selfservice.query;

import static org.selfservice.query.Samples.CASH;
import static org.selfservice.query.Samples.FORM;
import static org.selfservice.query.Samples.IN_A_MONTH;
import static org.selfservice.query.Samples.SHA;
import static org.selfservice.query.Samples.application;
import static org.selfservice.query.Samples.definition;
import static org.selfservice.query.Samples.document;
import static org.selfservice.query.Samples.enrolment;
import static org.selfservice.query.Samples.money;
import static org.selfservice.query.Samples.profile;
import static org.selfservice.query.Samples.registered;
import static org.selfservice.query.Samples.registrant;
import static org.selfservice.query.Samples.saved;
import static org.selfservice.query.Samples.started;
import static org.selfservice.query.Samples.submitted;
import static org.selfservice.query.Samples.uploaded;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.selfservice.kernel.Event;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationApproved;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationErased;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationRejected;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationWithdrawn;
import org.selfservice.kernel.application.ApplicationEvent.DecisionCorrected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentDeferred;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRejected;
import org.selfservice.kernel.application.ApplicationEvent.DocumentRemoved;
import org.selfservice.kernel.application.ApplicationEvent.DocumentVerified;
import org.selfservice.kernel.application.ApplicationEvent.DraftExpired;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.FormVersionAdopted;
import org.selfservice.kernel.application.ApplicationEvent.InformationProvided;
import org.selfservice.kernel.application.ApplicationEvent.InformationRequested;
import org.selfservice.kernel.application.ApplicationEvent.Remarked;
import org.selfservice.kernel.application.ApplicationEvent.RequestExpired;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerAssigned;
import org.selfservice.kernel.application.ApplicationEvent.ReviewerReleased;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.Likeness;
import org.selfservice.kernel.application.Submission.Deferral;
import org.selfservice.kernel.application.Verdict;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentExited;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentPaused;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EnrolmentResumed;
import org.selfservice.kernel.enrolment.EnrolmentEvent.EntitlementGranted;
import org.selfservice.kernel.enrolment.EnrolmentEvent.PaymentRecorded;
import org.selfservice.kernel.enrolment.EnrolmentEvent.RegistrantEnrolled;
import org.selfservice.kernel.form.Answer;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;
import org.selfservice.kernel.identity.IdType;
import org.selfservice.kernel.program.ApplicationPolicy;
import org.selfservice.kernel.program.ProgramCommand.OpenDrafts;
import org.selfservice.kernel.program.ProgramEvent.ApplicationPolicySet;
import org.selfservice.kernel.program.ProgramEvent.FormMapped;
import org.selfservice.kernel.program.ProgramEvent.ProgramClosed;
import org.selfservice.kernel.program.ProgramEvent.ProgramCreated;
import org.selfservice.kernel.program.ProgramEvent.ProgramOpened;
import org.selfservice.kernel.program.ProgramEvent.ProgramSuspended;
import org.selfservice.kernel.registrant.ContactPreferences;
import org.selfservice.kernel.registrant.Permission;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentGiven;
import org.selfservice.kernel.registrant.RegistrantEvent.ConsentWithdrawn;
import org.selfservice.kernel.registrant.RegistrantEvent.ContactPreferencesSet;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateGranted;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegateRevoked;
import org.selfservice.kernel.registrant.RegistrantEvent.DelegationAccepted;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsReceived;
import org.selfservice.kernel.registrant.RegistrantEvent.DemographicsUpdated;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityLinked;
import org.selfservice.kernel.registrant.RegistrantEvent.IdentityUnlinked;
import org.selfservice.kernel.registrant.RegistrantEvent.RegistrantErased;
import org.selfservice.kernel.registrant.RegistrantEvent.SameNumberFound;
import org.selfservice.kernel.registrant.RegistrantEvent.TakenLoginReported;
import org.selfservice.kernel.registrant.RegistrantId;
import org.selfservice.kernel.registrant.Source;

/**
 * Random histories of many people, the same for the same seed. They go further than the rules allow: a view must fold
 * whatever is in the store.
 */
public final class Histories {
    private final Random random;
    private final List<Event> events = new ArrayList<>();
    private int granted;

    private Histories(long seed) {
        this.random = new Random(seed);
    }

    public static List<Event> of(long seed, int people, int size) {
        Histories histories = new Histories(seed);
        histories.events.add(new FormCreated(FORM, LocalizedText.en("Cash")));
        histories.events.add(new FormRenamed(FORM, LocalizedText.en("Cash for all")));
        histories.events.add(new FormDraftRevised(FORM, definition("Name")));
        histories.events.add(new FormVersionPublished(FORM, 1, definition("Name"), SHA));
        histories.events.add(new ProgramCreated(CASH, profile("Cash")));
        histories.events.add(new FormMapped(CASH, FORM, 1, SHA, OpenDrafts.KEEP_VERSION));
        histories.events.add(new ProgramOpened(CASH));
        for (int person = 1; person <= people; person++) {
            histories.events.add(registered(person));
            histories.events.add(started(person, 1));
            histories.events.add(
                    new RegistrantEnrolled(enrolment(person), registrant(person), CASH, application(person, 1)));
        }
        while (histories.events.size() < size) {
            histories.events.add(histories.next(1 + histories.random.nextInt(people)));
        }
        return histories.events;
    }

    private Event next(int n) {
        RegistrantId who = registrant(n);
        var app = application(n, 1);
        String text = "value " + random.nextInt(5);
        String field = List.of("name", "id_card", "land_record", "age").get(random.nextInt(4));
        Map<String, Answer> values = Map.of(field, random.nextInt(5) == 0 ? Answer.text("") : Answer.text(text));
        return switch (random.nextInt(48)) {
            case 0 -> new DemographicsReceived(who, "national-id", Personal.of(values));
            case 1 -> new DemographicsUpdated(who, Source.self(), Personal.of(values));
            case 2 -> new ConsentGiven(who, text, "cash", List.of("name"), "application", "1", "en");
            case 3 -> new ConsentWithdrawn(who, text);
            case 4 -> new ContactPreferencesSet(who, new ContactPreferences(ContactPreferences.Via.SMS, "fr"));
            case 5 -> random.nextInt(20) == 0 ? new RegistrantErased(who) : new ConsentWithdrawn(who, text);
            case 6, 7, 8, 9, 10, 11 -> saved(n, 1, values);
            case 12 -> new FormVersionAdopted(app, who, CASH, FORM, 1 + random.nextInt(3), List.of(field));
            case 13, 14 -> uploaded(n, 1, random.nextInt(4), field);
            case 15 -> new DocumentRemoved(app, who, CASH, document(random.nextInt(4)), field);
            case 16 ->
                new DocumentDeferred(
                        app, who, CASH, field, random.nextBoolean() ? null : Deferral.values()[random.nextInt(4)]);
            case 17, 18 -> submitted(n, 1, values);
            case 19 -> new ApplicationWithdrawn(app, who, CASH, Personal.of(text));
            case 20 -> new ReviewerAssigned(app, who, CASH, "omar");
            case 21 ->
                new InformationRequested(app, who, CASH, List.of(field), List.of(), Personal.of(text), IN_A_MONTH);
            case 22 -> new InformationProvided(app, who, CASH, Personal.of(values), List.of());
            case 23 -> new Remarked(app, who, CASH, Personal.of(text), random.nextBoolean());
            case 24 -> new DocumentVerified(app, who, CASH, document(random.nextInt(4)), field);
            case 25 -> new DocumentRejected(app, who, CASH, document(random.nextInt(4)), field, Personal.of(text));
            case 26 -> new ApplicationApproved(app, who, CASH, Personal.of(text));
            case 27 -> new ApplicationRejected(app, who, CASH, "income", Personal.of(text));
            case 28 -> new DraftExpired(app, who, CASH);
            case 29 ->
                random.nextInt(20) == 0
                        ? new ApplicationErased(app, who, CASH)
                        : new ReviewerAssigned(app, who, CASH, "rita");
            case 30 -> new EnrolmentPaused(enrolment(n), who, CASH, Personal.of(text));
            case 31 -> new EnrolmentResumed(enrolment(n), who, CASH);
            case 32 -> new EnrolmentExited(enrolment(n), who, CASH, Personal.of(text));
            case 33 ->
                new EntitlementGranted(
                        enrolment(n), who, CASH, text, money("100"), "Food", LocalDate.parse("2026-12-01"), null);
            case 34 ->
                new PaymentRecorded(enrolment(n), who, CASH, text, text, money("1.50"), LocalDate.parse("2026-12-02"));
            case 35 -> new DuplicateSuspected(app, who, CASH, application(n + 1, 1), Set.of(likeness()));
            case 36 ->
                new SuspicionResolved(
                        app, who, CASH, application(n + 1, 1), Verdict.values()[random.nextInt(2)], Personal.of(text));
            case 37 -> new SuspicionOverridden(app, who, CASH, List.of(application(n + 1, 1)), Personal.of(text));
            case 42 -> delegation(n);
            case 43 -> new IdentityLinked(who, text, registrant(n + 1), "farmer-id", IdType.FUNCTIONAL);
            case 44 -> new IdentityUnlinked(who, text, registrant(n + 1));
            case 45 -> new TakenLoginReported(who, "farmer-id", registrant(n + 1));
            case 46 -> new SameNumberFound(who, "individual_id", registrant(n + 1));
            case 38 -> new ReviewerReleased(app, who, CASH);
            case 39 -> new RequestExpired(app, who, CASH);
            case 40 -> new DecisionCorrected(app, who, CASH, true, null, Personal.of(text));
            case 41 -> new DecisionCorrected(app, who, CASH, false, "income", Personal.of(text));
            default -> administration();
        };
    }

    private Event delegation(int n) {
        RegistrantId who = registrant(n);
        String delegation = "d-" + n + "-" + granted;
        if (granted == 0 || random.nextInt(3) == 0) {
            granted++;
            return new DelegateGranted(
                    who,
                    "d-" + n + "-" + granted,
                    Personal.of("A cousin"),
                    random.nextBoolean() ? CASH : null,
                    Permission.APPLY,
                    IN_A_MONTH,
                    "%064d".formatted(granted),
                    IN_A_MONTH);
        }
        return random.nextBoolean()
                ? new DelegationAccepted(who, delegation, registrant(n + 1))
                : new DelegateRevoked(who, delegation, random.nextBoolean() ? registrant(n + 1) : null);
    }

    private Likeness likeness() {
        return Likeness.values()[random.nextInt(Likeness.values().length)];
    }

    private Event administration() {
        return switch (random.nextInt(6)) {
            case 0 -> new ProgramSuspended(CASH, LocalizedText.en("Funds are used up"));
            case 1 -> new ProgramOpened(CASH);
            case 2 -> new ProgramClosed(CASH);
            case 3 -> new ApplicationPolicySet(CASH, ApplicationPolicy.perPeriod(1 + random.nextInt(3), 365));
            case 4 -> new FormVersionPublished(FORM, 2 + random.nextInt(3), definition("Full name"), SHA);
            default -> new FormVersionRetired(FORM, 1 + random.nextInt(4));
        };
    }
}
