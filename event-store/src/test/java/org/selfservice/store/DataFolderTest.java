package org.selfservice.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.kernel.CannotStart;

class DataFolderTest {
    @TempDir
    private Path temp;

    @Test
    void itIsUsedByOnePortalAtATime() throws Exception {
        Path home = temp.resolve("data").toAbsolutePath();
        long process = ProcessHandle.current().pid();
        try (DataFolder first = DataFolder.open(home)) {
            assertThat(first.home()).isEqualTo(home.toRealPath());
            assertThatThrownBy(() -> DataFolder.open(home))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("The data folder " + home.toRealPath() + " is in use by another portal (process "
                            + process + ").");
        }
        DataFolder.open(home).close();
    }

    @Test
    void aFolderThatCannotBeMadeIsSaidInOneLine() throws Exception {
        Path inTheWay = Files.writeString(temp.resolve("file"), "");
        assertThatThrownBy(() -> DataFolder.open(inTheWay.resolve("data")))
                .isInstanceOf(CannotStart.class)
                .hasMessage("The data folder " + inTheWay.resolve("data") + " cannot be written.");
    }

    @Test
    void aSecretIsMadeOnceAndForItsOwnerOnly() throws Exception {
        byte[] secret;
        try (DataFolder folder = DataFolder.open(temp)) {
            secret = folder.secret("master.key");
            assertThat(folder.secret("pseudonym.key")).isNotEqualTo(secret);
        }
        try (DataFolder folder = DataFolder.open(temp)) {
            assertThat(folder.secret("master.key")).isEqualTo(secret).hasSize(32);
        }
        Path secrets = temp.resolve("secrets");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets)))
                .isEqualTo("rwx------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(secrets.resolve("master.key"))))
                .isEqualTo("rw-------");
    }

    @Test
    void aSecretFromTheConfigurationGoesBeforeTheFile() throws Exception {
        byte[] given = new byte[32];
        given[0] = 7;
        try (DataFolder folder = DataFolder.open(temp)) {
            assertThat(folder.secret("master.key", Base64.getEncoder().encodeToString(given), "PORTAL_MASTER_KEY"))
                    .isEqualTo(given);
            assertThat(temp.resolve("secrets/master.key")).doesNotExist();
        }
    }

    @Test
    void aSecretOfAnotherLengthIsRefusedAndNotQuoted() throws Exception {
        try (DataFolder folder = DataFolder.open(temp)) {
            assertThatThrownBy(() -> folder.secret("master.key", "c2hvcnQ=", "PORTAL_MASTER_KEY"))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("The secret in PORTAL_MASTER_KEY is not 32 bytes as base64.");
        }
    }
}
