package org.selfservice.web.api;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.replay.ReplayQuery.ViewLine;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.web.replay.ViewDesk;
import org.selfservice.web.replay.ViewDesk.ViewFile;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/views")
@Tag(name = "Views")
class ViewEndpoints {
    private final ViewDesk desk;

    ViewEndpoints(ViewDesk desk) {
        this.desk = desk;
    }

    record ViewStates(List<ViewState> views) {}

    /**
     * @param eventsBehind how many events it has not folded yet
     * @param parked documents that are out of service because an event could not be folded
     * @param failing whether it cannot go on
     * @param replay the last one
     */
    record ViewState(
            String view,
            int generation,
            long documents,
            long eventsBehind,
            long parked,
            boolean failing,
            @Nullable ReplayState replay) {
        static ViewState of(ViewFile file) {
            ViewLine line = file.line();
            return new ViewState(
                    line.view(),
                    line.generation(),
                    line.documents(),
                    line.eventsBehind(),
                    line.parked(),
                    line.failing(),
                    file.replay() == null ? null : ReplayState.of(file.replay()));
        }
    }

    /**
     * @param done events that are folded, of {@code total} that had happened when it began
     * @param secondsLeft null while that cannot be told
     * @param same documents that are as the live view has them; null before they are compared
     * @param named ids of some of those that differ
     */
    record ReplayState(
            String by,
            Instant askedAt,
            ViewReplay.State state,
            long done,
            long total,
            long perSecond,
            @Nullable Long secondsLeft,
            @Nullable Long same,
            @Nullable Long different,
            List<String> named,
            @Nullable Instant endedAt) {
        static ReplayState of(ViewReplay replay) {
            ViewReplay.Comparison comparison = replay.comparison();
            return new ReplayState(
                    replay.by(),
                    replay.askedAt(),
                    replay.state(),
                    replay.progress().done(),
                    replay.progress().total(),
                    replay.progress().perSecond(),
                    replay.progress().secondsLeft(),
                    comparison == null ? null : comparison.same(),
                    comparison == null ? null : comparison.different(),
                    comparison == null ? List.of() : comparison.named(),
                    replay.endedAt());
        }
    }

    @Operation(operationId = "findViews", summary = "The views, how far they are, and their last replays")
    @GetMapping
    ViewStates all() {
        return new ViewStates(desk.all().stream().map(ViewState::of).toList());
    }

    @Operation(operationId = "findView", summary = "One view, and how far its replay is")
    @GetMapping("/{view}")
    ViewState one(@PathVariable String view) {
        return ViewState.of(desk.one(view));
    }

    @Operation(
            operationId = "replayView",
            summary = "Fold a view from all events beside the live one, and compare them")
    @PostMapping("/{view}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void replay(@PathVariable String view) {
        desk.replay(view);
    }

    @Operation(
            operationId = "swapView",
            summary = "Let a view that was replayed and compared take the live one's place")
    @PostMapping("/{view}/replay/swap")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void swap(@PathVariable String view) {
        desk.swap(view);
    }

    @Operation(operationId = "stopReplay", summary = "Stop a replay; the live view stays as it is")
    @DeleteMapping("/{view}/replay")
    @ResponseStatus(HttpStatus.ACCEPTED)
    void stop(@PathVariable String view) {
        desk.stop(view);
    }
}
