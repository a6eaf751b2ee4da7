package org.selfservice.kernel.identity;

/** Under which names staff see each other, as their provider told them at their last sign-in. */
public interface StaffNames {
    void learn(String login, String name);

    /** The login itself for whoever never signed in, or whose provider tells no name. */
    String of(String login);
}
