package org.selfservice.query;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.selfservice.kernel.replay.Replays;
import org.selfservice.kernel.replay.ViewReplay;
import org.selfservice.kernel.replay.ViewReplay.Progress;
import org.selfservice.kernel.replay.ViewReplay.State;
import org.selfservice.kernel.replay.ViewReplay.Wish;

/** Replays in memory, where a test says which process has fallen silent; the store's own are tried with the store. */
final class KeptReplays implements Replays {
    private final Clock clock;
    private final List<ViewReplay> all = new ArrayList<>();
    private final Map<Long, Wish> wishes = new HashMap<>();
    private final Map<Long, String> processes = new HashMap<>();

    KeptReplays(Clock clock) {
        this.clock = clock;
    }

    synchronized void hasFallenSilent() {
        processes.clear();
    }

    @Override
    public synchronized boolean ask(String view, String by) {
        if (open(view).isPresent()) {
            return false;
        }
        all.add(new ViewReplay(
                all.size(), view, by, clock.instant(), State.ASKED, null, 0, Progress.NONE, null, null, null));
        return true;
    }

    @Override
    public synchronized boolean stop(String view) {
        open(view).ifPresent(one -> wishes.put(one.number(), Wish.STOP));
        return open(view).isPresent();
    }

    @Override
    public synchronized boolean swap(String view) {
        Optional<ViewReplay> compared = open(view).filter(one -> one.state() == State.COMPARED);
        compared.ifPresent(one -> wishes.put(one.number(), Wish.SWAP));
        return compared.isPresent();
    }

    @Override
    public synchronized List<ViewReplay> latest() {
        return all.stream()
                .map(ViewReplay::view)
                .distinct()
                .map(view -> of(view, 1).getFirst())
                .toList();
    }

    @Override
    public synchronized List<ViewReplay> of(String view, int limit) {
        return all.stream()
                .filter(one -> one.view().equals(view))
                .sorted(Comparator.comparing(ViewReplay::number).reversed())
                .limit(limit)
                .collect(Collectors.toList());
    }

    @Override
    public synchronized Optional<ViewReplay> take(String process) {
        Optional<ViewReplay> free = all.stream()
                .filter(one -> !one.state().isOver() && !processes.containsKey(one.number()))
                .findFirst();
        free.ifPresent(one -> processes.put(one.number(), process));
        return free;
    }

    @Override
    public synchronized Heard keep(ViewReplay replay, String process) {
        int at = (int) replay.number();
        if (!Objects.equals(processes.get(replay.number()), process)
                || all.get(at).state().isOver()) {
            return new Heard(false, null);
        }
        all.set(at, replay);
        return new Heard(true, wishes.get(replay.number()));
    }

    private Optional<ViewReplay> open(String view) {
        return all.stream()
                .filter(one -> one.view().equals(view) && !one.state().isOver())
                .findFirst();
    }
}
