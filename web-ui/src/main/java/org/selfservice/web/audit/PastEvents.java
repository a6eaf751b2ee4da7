package org.selfservice.web.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.application.ApplicationQuery.ApplicationFile;
import org.selfservice.kernel.application.ApplicationQuery.FindByReference;
import org.selfservice.kernel.application.Reference;
import org.selfservice.kernel.audit.AuditQuery.Changed;
import org.selfservice.kernel.audit.AuditQuery.FindChanges;
import org.selfservice.kernel.audit.History;
import org.selfservice.kernel.audit.History.Line;
import org.selfservice.kernel.audit.History.Wanted;
import org.selfservice.kernel.audit.Place;
import org.selfservice.web.Portal;
import org.springframework.stereotype.Component;

/** Finds events of the past, with what they changed. */
@Component
public class PastEvents {
    private static final Pattern ID = Pattern.compile("[are]-[A-Za-z0-9_-]{20,60}");

    private final History history;
    private final Portal portal;

    PastEvents(History history, Portal portal) {
        this.history = history;
        this.portal = portal;
    }

    /**
     * @param changes by their events: of those that are about nobody, and where one asks for one person or one stream of all
     * @param next the number to go on before; null when that was all
     */
    public record Found(
            List<Line> lines,
            Map<Place, Changed> changes,
            @Nullable Long next) {}

    public Found find(Wanted wanted, @Nullable Long before, int limit) {
        boolean ofOne = wanted.registrant() != null || wanted.stream() != null || wanted.number() != null;
        List<Line> found = history.find(wanted, before, limit + 1);
        List<Line> lines = found.stream().limit(limit).toList();
        List<Place> shown = lines.stream()
                .filter(line -> ofOne || line.registrant() == null)
                .map(Line::place)
                .toList();
        Map<Place, Changed> changes = shown.isEmpty()
                ? Map.of()
                : portal.ask(new FindChanges(shown)).all().stream()
                        .collect(Collectors.toMap(Changed::event, Function.identity()));
        return new Found(lines, changes, found.size() > limit ? lines.getLast().number() : null);
    }

    /**
     * The stream that is meant by an application's reference or by an id.
     *
     * @throws Refused NOT_FOUND, or INVALID, when nothing is
     */
    public String stream(String named) {
        if (ID.matcher(named).matches()) {
            return named;
        }
        ApplicationFile file =
                portal.ask(new FindByReference(Reference.parse(named).value()));
        if (!file.exists()) {
            throw new Refused(RefusalCode.NOT_FOUND);
        }
        return file.id().value();
    }
}
