package org.selfservice.query;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * @param segments of each view: how many threads of all processes may share its work; fixed when it is first built
 * @param batch most events that are folded before their documents are written
 * @param shelved whether the stand-in for MongoDB, which has no indexes, is helped by lists in memory; off, it scans
 * @param awaitAtStart whether the start waits until the views have caught up with the events
 */
@ConfigurationProperties("portal.views")
record ViewSettings(
        @DefaultValue("1") int segments,
        @DefaultValue("5000") int batch,
        @DefaultValue("true") boolean shelved,
        @DefaultValue("true") boolean awaitAtStart) {}
