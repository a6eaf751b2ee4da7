package org.selfservice.web.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.selfservice.kernel.Author.Role;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramGrant;

class GrantsTest {

    @Test
    void a_role_is_for_all_programs_or_for_those_named_with_it() {
        Grants grants = Grants.of(List.of("auditor", "reviewer:cash", "Reviewer: food", "program-admin:cash"));

        assertThat(grants.roles()).containsExactly(Role.PROGRAM_ADMIN, Role.REVIEWER, Role.AUDITOR);
        assertThat(grants.in(Set.of("PROGRAM_ADMIN"))).isEqualTo(to("cash"));
        assertThat(grants.in(Set.of("PROGRAM_ADMIN", "REVIEWER"))).isEqualTo(to("cash", "food"));
        assertThat(grants.in(Set.of("REVIEWER", "AUDITOR"))).isNull();
        assertThat(grants.in(Set.of("OFFICER"))).isEqualTo(to());
    }

    @Test
    void a_role_for_all_is_not_limited_by_the_same_for_one() {
        assertThat(Grants.of(List.of("reviewer:cash", "reviewer")).in(Set.of("REVIEWER")))
                .isNull();
    }

    @Test
    void what_means_nothing_gives_nothing() {
        assertThat(Grants.of(null).roles()).isEmpty();
        assertThat(Grants.of("director").roles()).isEmpty();
        assertThat(Grants.of("reviewer:").roles()).isEmpty();
        assertThat(Grants.of("reviewer:NO CODE").roles()).isEmpty();
        assertThat(Grants.of("reviewer").roles()).containsExactly(Role.REVIEWER);
    }

    private static ProgramGrant to(String... codes) {
        return new ProgramGrant(
                java.util.Arrays.stream(codes).map(ProgramCode::new).collect(java.util.stream.Collectors.toSet()));
    }
}
