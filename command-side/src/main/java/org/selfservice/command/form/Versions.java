package org.selfservice.command.form;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.selfservice.command.Streams;
import org.selfservice.command.Streams.Facts;
import org.selfservice.command.Streams.Reading;
import org.selfservice.kernel.LocalizedText;
import org.selfservice.kernel.RefusalCode;
import org.selfservice.kernel.Refused;
import org.selfservice.kernel.form.FormCode;
import org.selfservice.kernel.form.FormDefinition;
import org.selfservice.kernel.form.FormEvent;
import org.selfservice.kernel.form.FormEvent.FormCreated;
import org.selfservice.kernel.form.FormEvent.FormDraftRevised;
import org.selfservice.kernel.form.FormEvent.FormRenamed;
import org.selfservice.kernel.form.FormEvent.FormVersionPublished;
import org.selfservice.kernel.form.FormEvent.FormVersionRetired;

/**
 * A form's draft and its published versions.
 *
 * @param title null as long as the form was not created
 */
public record Versions(
        @Nullable LocalizedText title, @Nullable FormDefinition draft, Map<Integer, Version> published) {
    private static final Reading<FormEvent, Versions> READING = new Reading<>(
            FormEvent.class,
            new Versions(null, null, Map.of()),
            (versions, event, sequence, at) -> versions.after(event));

    public record Version(int number, FormDefinition definition, String sha256, boolean retired) {}

    static Versions none() {
        return READING.nothing();
    }

    public static Facts<Versions> of(Streams streams, FormCode form) {
        return streams.read(READING, form.stream());
    }

    boolean created() {
        return title != null;
    }

    /** @throws Refused FORM_VERSION_UNKNOWN */
    public Version version(int number) {
        Version version = published.get(number);
        if (version == null) {
            throw new Refused(RefusalCode.FORM_VERSION_UNKNOWN, Map.of("version", Integer.toString(number)));
        }
        return version;
    }

    @Nullable
    Version newest() {
        return published.get(published.size());
    }

    Versions after(FormEvent event) {
        return switch (event) {
            case FormCreated created -> new Versions(created.title(), draft, published);
            case FormRenamed renamed -> new Versions(renamed.title(), draft, published);
            case FormDraftRevised revised -> new Versions(title, revised.definition(), published);
            case FormVersionPublished p -> with(new Version(p.version(), p.definition(), p.sha256(), false));
            case FormVersionRetired retired -> {
                Version version = version(retired.version());
                yield with(new Version(version.number(), version.definition(), version.sha256(), true));
            }
        };
    }

    private Versions with(Version version) {
        Map<Integer, Version> all = new TreeMap<>(published);
        all.put(version.number(), version);
        return new Versions(title, draft, Collections.unmodifiableMap(all));
    }
}
