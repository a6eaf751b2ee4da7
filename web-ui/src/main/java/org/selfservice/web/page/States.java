package org.selfservice.web.page;

import org.selfservice.kernel.application.ApplicationState;
import org.selfservice.kernel.enrolment.EnrolmentState;
import org.selfservice.kernel.program.ProgramState;
import org.springframework.stereotype.Component;

/** States as tags: the message key of the words and the colour class. In templates: {@code components :: tag(state)}. */
@Component("states")
public class States {

    /** Such as {@code state.ApplicationState.DRAFT}. */
    public String key(Enum<?> state) {
        return "state." + state.getDeclaringClass().getSimpleName() + "." + state.name();
    }

    public String colour(Enum<?> state) {
        return switch (state) {
            case ApplicationState application ->
                switch (application) {
                    case DRAFT -> "govuk-tag--grey";
                    case SUBMITTED, IN_REVIEW -> "govuk-tag--blue";
                    case INFORMATION_REQUESTED -> "govuk-tag--yellow";
                    case APPROVED -> "govuk-tag--green";
                    case REJECTED -> "govuk-tag--red";
                    case WITHDRAWN, EXPIRED -> "govuk-tag--grey";
                };
            case EnrolmentState enrolment ->
                switch (enrolment) {
                    case ENROLLED -> "govuk-tag--green";
                    case PAUSED -> "govuk-tag--yellow";
                    case EXITED -> "govuk-tag--grey";
                };
            case ProgramState program ->
                switch (program) {
                    case OPEN -> "govuk-tag--green";
                    case SUSPENDED -> "govuk-tag--yellow";
                    case DRAFT, CLOSED -> "govuk-tag--grey";
                };
            default -> throw new IllegalArgumentException("no colour for " + state.getDeclaringClass());
        };
    }
}
