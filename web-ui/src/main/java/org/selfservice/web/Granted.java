package org.selfservice.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.Query;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.analytics.AnalyticsQuery;
import org.selfservice.kernel.analytics.AnalyticsQuery.FactCounts;
import org.selfservice.kernel.analytics.AnalyticsQuery.Facts;
import org.selfservice.kernel.analytics.AnalyticsQuery.PageCounts;
import org.selfservice.kernel.analytics.AnalyticsQuery.PaymentSums;
import org.selfservice.kernel.analytics.AnalyticsQuery.Times;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationCounts;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.CountApplications;
import org.selfservice.kernel.application.ApplicationQuery.Suspicions;
import org.selfservice.kernel.application.CaseQuery.CaseCount;
import org.selfservice.kernel.application.CaseQuery.Cases;
import org.selfservice.kernel.application.CaseQuery.CountCases;
import org.selfservice.kernel.application.CaseQuery.FindCases;
import org.selfservice.kernel.audit.AuditQuery.Changes;
import org.selfservice.kernel.audit.AuditQuery.Then;
import org.selfservice.kernel.enrolment.EnrolmentQuery.CountEnrolments;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentCounts;
import org.selfservice.kernel.enrolment.EnrolmentQuery.EnrolmentLine;
import org.selfservice.kernel.enrolment.EnrolmentQuery.Enrolments;
import org.selfservice.kernel.enrolment.EnrolmentSummary;
import org.selfservice.kernel.form.FormQuery.FormFile;
import org.selfservice.kernel.form.FormQuery.FormVersion;
import org.selfservice.kernel.form.FormQuery.Forms;
import org.selfservice.kernel.program.ProgramCode;
import org.selfservice.kernel.program.ProgramGrant;
import org.selfservice.kernel.program.ProgramQuery.ProfileThen;
import org.selfservice.kernel.program.ProgramQuery.ProgramDetails;
import org.selfservice.kernel.program.ProgramQuery.Programs;
import org.selfservice.kernel.program.ProgramQuery.ReplayRules;
import org.selfservice.kernel.program.ProgramQuery.Replayed;
import org.selfservice.kernel.registrant.RegistrantQuery.ApplicationSummary;
import org.selfservice.kernel.registrant.RegistrantQuery.DemographicValue;
import org.selfservice.kernel.registrant.RegistrantQuery.Dossier;
import org.selfservice.kernel.registrant.RegistrantQuery.Mandates;
import org.selfservice.kernel.registrant.RegistrantQuery.TakenLogins;
import org.selfservice.kernel.registrant.Source;
import org.selfservice.kernel.replay.ReplayQuery.ViewList;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * What is left of an answer for whoever is there for some programs only: lists without what is of others, and nothing where the
 * whole is of another. For which programs a request is made is decided where it is decided who may make it.
 */
public final class Granted {
    private static final String KEY = Granted.class.getName();

    private Granted() {}

    /** From here on the request reads and changes these programs alone. */
    public static void limit(HttpServletRequest request, ProgramGrant grant) {
        request.setAttribute(KEY, grant);
    }

    /** Those of a list that are of the programs that the current request may read; what is of none is for whoever may read all. */
    public static <T> List<T> only(List<T> all, Function<T, @Nullable ProgramCode> program) {
        ProgramGrant grant = current();
        return grant == null
                ? all
                : all.stream().filter(one -> grant.covers(program.apply(one))).toList();
    }

    /** Those that the current request may read; null for all. */
    public static @Nullable Set<ProgramCode> programs() {
        ProgramGrant grant = current();
        return grant == null ? null : grant.programs();
    }

    /** @throws Refused NOT_ALLOWED when the current request may change what is of some programs only */
    public static void refuseIfLimited() {
        if (current() != null) {
            throw new Refused(RefusalCode.NOT_ALLOWED);
        }
    }

    /** Null when the current request is not limited. */
    static @Nullable ProgramGrant current() {
        return RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes attributes
                ? (ProgramGrant) attributes.getRequest().getAttribute(KEY)
                : null;
    }

    /** The query as the store answers it for these programs, where leaving out of its answer would not do. */
    @SuppressWarnings("unchecked")
    static <A> Query<A> asked(@Nullable ProgramGrant grant, Query<A> query) {
        if (grant == null) {
            return query;
        }
        return switch (query) {
            case FindCases of ->
                (Query<A>) new FindCases(of.wanted().within(grant.programs()), of.order(), of.after(), of.limit());
            case CountCases of -> (Query<A>) new CountCases(of.wanted().within(grant.programs()));
            case AnalyticsQuery<?> of -> (Query<A>) of.of(of.sample().within(grant.programs()));
            default -> query;
        };
    }

    /** @throws Refused NOT_FOUND */
    @SuppressWarnings("unchecked")
    static <A> A only(@Nullable ProgramGrant grant, Query<A> query, A answer) {
        return grant == null ? answer : (A) within(grant, query, answer);
    }

    /** An answer of a kind that this does not know is not given: whoever adds one says what of it is a program's. */
    private static Object within(ProgramGrant grant, Query<?> query, Object answer) {
        return switch (answer) {
            case ApplicationFile file -> theirs(grant, file.program(), file);
            case Suspicions page ->
                new Suspicions(
                        page.lines().stream()
                                .filter(line -> grant.covers(line.application().program())
                                        && grant.covers(line.other().program()))
                                .toList(),
                        page.next());
            case ApplicationCounts counts ->
                theirs(grant, query instanceof CountApplications of ? of.program() : null, counts);
            case Cases asked -> asked;
            case CaseCount asked -> asked;
            case Facts asked -> asked;
            case FactCounts asked -> asked;
            case Times asked -> asked;
            case PageCounts asked -> asked;
            case PaymentSums asked -> asked;
            case EnrolmentCounts counts ->
                theirs(grant, query instanceof CountEnrolments of ? of.program() : null, counts);
            case Replayed replayed -> theirs(grant, query instanceof ReplayRules of ? of.program() : null, replayed);
            case ProgramDetails program -> theirs(grant, program.code(), program);
            case Programs all ->
                new Programs(all.programs().stream()
                        .filter(program -> grant.covers(program.code()))
                        .toList());
            case EnrolmentLine line -> theirs(grant, line.program(), line);
            case Enrolments page ->
                new Enrolments(
                        page.lines().stream()
                                .filter(line -> grant.covers(line.program()))
                                .toList(),
                        page.next());
            case Dossier dossier -> of(grant, dossier);
            case Changes changes ->
                new Changes(changes.all().stream()
                        .filter(one -> grant.covers(one.program()))
                        .toList());
            case Then then -> theirs(grant, then.program(), then);
            // registrations are of no program
            case TakenLogins _ -> new TakenLogins(List.of(), null);
            case Forms all -> all;
            case FormFile form -> form;
            case FormVersion form -> form;
            case ProfileThen profile -> profile;
            // whom one may act for is asked on one's own pages alone
            case Mandates _ -> throw new Refused(RefusalCode.NOT_ALLOWED);
            // a view is of all programs
            case ViewList _ -> throw new Refused(RefusalCode.NOT_ALLOWED);
            default -> throw new Refused(RefusalCode.NOT_ALLOWED);
        };
    }

    private static Object theirs(ProgramGrant grant, @Nullable ProgramCode program, Object answer) {
        if (!grant.covers(program)) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return answer;
    }

    /** A person of whom they have nothing is nobody to them. */
    private static Dossier of(ProgramGrant grant, Dossier dossier) {
        List<ApplicationSummary> applications = dossier.applications().stream()
                .filter(one -> grant.covers(one.program()))
                .toList();
        List<EnrolmentSummary> enrolments = dossier.enrolments().stream()
                .filter(one -> grant.covers(one.program()))
                .toList();
        boolean sent = applications.stream().anyMatch(one -> one.submittedAt() != null);
        if (!sent && enrolments.isEmpty()) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        Set<String> theirs = grant.programs().stream().map(ProgramCode::value).collect(Collectors.toSet());
        Map<String, List<DemographicValue>> demographics = dossier.demographics().entrySet().stream()
                .collect(Collectors.toMap(
                        Map.Entry::getKey,
                        entry -> entry.getValue().stream()
                                .filter(value -> value.source().kind() != Source.Kind.APPLICATION
                                        || theirs.contains(value.source().by()))
                                .map(value -> receivedBy(grant, value))
                                .toList()));
        return new Dossier(
                dossier.registrant(),
                dossier.name(),
                dossier.erased(),
                dossier.identities(),
                demographics,
                dossier.consents(),
                dossier.contact(),
                applications,
                enrolments,
                dossier.delegations().stream()
                        .filter(one -> one.program() == null || grant.covers(one.program()))
                        .toList(),
                dossier.help(),
                List.of(),
                dossier.seen());
    }

    private static DemographicValue receivedBy(ProgramGrant grant, DemographicValue value) {
        return new DemographicValue(
                value.value(),
                value.source(),
                value.verified(),
                value.at(),
                value.event(),
                value.current(),
                value.recipients().stream()
                        .filter(one -> grant.covers(one.program()))
                        .toList());
    }
}
