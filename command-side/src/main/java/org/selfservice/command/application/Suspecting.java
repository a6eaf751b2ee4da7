package org.selfservice.command.application;

import static org.selfservice.command.Decide.refuseIf;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Texts;
import org.selfservice.kernel.Personal;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.application.ApplicationCommand.ResolveSuspicion;
import org.selfservice.kernel.application.ApplicationCommand.SuspectDuplicate;
import org.selfservice.kernel.application.ApplicationEvent;
import org.selfservice.kernel.application.ApplicationEvent.ApplicationStarted;
import org.selfservice.kernel.application.ApplicationEvent.DuplicateSuspected;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionOverridden;
import org.selfservice.kernel.application.ApplicationEvent.SuspicionResolved;
import org.selfservice.kernel.application.ApplicationId;
import org.selfservice.kernel.application.Likeness;

/** Suspicions that a case is a duplicate, what is found out about them, and that none of them is overlooked. */
record Suspecting(Case file) {

    /** What is known already was resolved or is open: only evidence of another kind is news. */
    List<ApplicationEvent> suspect(SuspectDuplicate command) {
        refuseIf(command.other().equals(command.application()), RefusalCode.INVALID, "field", "other");
        refuseIf(command.kinds().isEmpty(), RefusalCode.INVALID, "field", "kinds");
        Set<Likeness> news = EnumSet.copyOf(command.kinds());
        news.removeAll(file.doubts().about(command.other()));
        if (news.isEmpty()) {
            return List.of();
        }
        file.mustBeWithStaff();
        return List.of(new DuplicateSuspected(
                on().application(),
                on().registrant(),
                on().program(),
                command.other(),
                Collections.unmodifiableSet(news)));
    }

    /** Found out anew, it is resolved anew: a mistake can be put right, and both stay on record. */
    List<ApplicationEvent> resolve(ResolveSuspicion command) {
        boolean isSaid = command.verdict() == file.doubts().verdict(command.other());
        Texts.checkReason("reason", command.reason());
        return isSaid
                ? List.of()
                : List.of(new SuspicionResolved(
                        on().application(),
                        on().registrant(),
                        on().program(),
                        command.other(),
                        command.verdict(),
                        command.reason()));
    }

    /** What goes before an approval. */
    List<ApplicationEvent> beforeApproval(@Nullable Personal<String> override) {
        List<ApplicationId> standing = file.doubts().standing();
        if (standing.isEmpty()) {
            return List.of();
        }
        if (override == null) {
            refuseIf(true, RefusalCode.DUPLICATE_SUSPECTED);
            return List.of();
        }
        Texts.checkReason("override", override);
        return List.of(
                new SuspicionOverridden(on().application(), on().registrant(), on().program(), standing, override));
    }

    private ApplicationStarted on() {
        return file.begun();
    }
}
