package org.selfservice.kernel.identity;

/** Whether an ID proves who one is to everybody (a national ID) or to one sector (a farmer ID). */
public enum IdType {
    FOUNDATIONAL,
    FUNCTIONAL
}
