package org.selfservice;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.selfservice.PortalProcess.Ended;

/** What a person reads who starts the portal where it cannot start. */
class LauncherStory extends PortalUnderTest {
    @TempDir
    Path folder;

    @TempDir
    Path logs;

    @Test
    void a_port_that_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = start(folder, "--port=" + taken.getLocalPort());
            assertThat(ended.out())
                    .isEqualTo("The portal cannot start: Port " + taken.getLocalPort()
                            + " is in use by another program. Choose another with --port.\n");
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    @Test
    void a_port_of_the_identity_provider_that_is_taken() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Ended ended = start(folder, "--port=0", "--idp-port=" + taken.getLocalPort());
            assertThat(ended.out()).contains("in use", "--idp-port").hasLineCount(1);
            assertThat(ended.code()).isEqualTo(1);
        }
    }

    @Test
    void an_option_that_does_not_exist() throws Exception {
        Ended ended = start(folder, "--nodemo");
        assertThat(ended.out()).isEqualTo("The portal cannot start: There is no option --nodemo. See --help.\n");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_data_folder_that_cannot_be_written() throws Exception {
        Path file = Files.writeString(folder.resolve("file"), "no folder");
        Ended ended = start(file.resolve("data"), "--port=0", "--idp-port=0");
        assertThat(ended.out())
                .startsWith("The portal cannot start: The data folder")
                .endsWith("cannot be written.\n")
                .hasLineCount(1);
        assertThat(ended.out()).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_data_folder_in_use_by_another_portal() throws Exception {
        Ended ended = start(home(), "--port=0", "--idp-port=0");
        assertThat(withoutTheDemonstration(ended))
                .contains("is in use by another portal")
                .hasLineCount(1);
        assertThat(ended.out()).doesNotContain("\tat ");
        assertThat(ended.code()).isEqualTo(1);
    }

    @Test
    void a_rehearsal_starts_everything_opens_pages_and_stops() throws Exception {
        Ended ended = start(folder, "--rehearse=2", "--port=0", "--idp-port=0");
        assertThat(ended.out()).endsWith("The portal starts and shows its pages.\n");
        assertThat(ended.code()).isZero();
    }

    @Test
    void a_provider_is_tried_without_starting_the_portal() throws Exception {
        String port = "--idp-port=" + identities().issuer().getPort();
        Ended right = start(
                folder,
                "--check-provider",
                "national",
                port,
                "--port=" + address().getPort());
        assertThat(right.out())
                .startsWith("Provider national, " + identities().issuer() + "\n")
                .contains("pushed requests: are taken", "the token endpoint knows it and accepts its proof")
                .endsWith("Nothing is wrong as far as can be seen without a person. Sign in once to see the rest.\n");
        assertThat(right.code()).isZero();
        assertThat(folder).isEmptyDirectory();

        Ended wrong = start(
                folder, "--check-provider=national", port, "--portal.login.providers.national.client.secret=another");
        assertThat(wrong.out())
                .contains("WRONG client: the token endpoint refuses it: status 401, invalid_client")
                .doesNotContain("another", "\tat ");
        assertThat(wrong.code()).isEqualTo(1);

        Ended unknown = start(folder, "--check-provider=nobody", port);
        assertThat(unknown.out())
                .isEqualTo(
                        "The portal cannot start: There is no provider nobody; there are national, farmer, staff.\n");
        assertThat(unknown.code()).isEqualTo(1);
    }

    @Test
    void a_mongodb_that_does_not_answer_is_said_in_one_line() throws Exception {
        Ended away = start(
                folder,
                "--port=0",
                "--no-demo",
                "--portal.mongo.uri=mongodb://portal:hidden@localhost:1/?serverSelectionTimeoutMS=300");
        assertThat(away.out())
                .endsWith("The portal cannot start: No MongoDB answers at [localhost:1], which portal.mongo.uri"
                        + " names.\n")
                .doesNotContain("hidden", "\tat ");
        assertThat(away.code()).isEqualTo(1);
    }

    @Test
    void settings_of_a_provider_that_cannot_work_are_said_in_one_line() throws Exception {
        Ended wrong = start(
                folder, "--port=0", "--no-demo", "--portal.login.providers.national.issuer=https://id.example.org");
        assertThat(wrong.out())
                .isEqualTo(
                        "The portal cannot start: Provider national, client.id: it is missing; give the client_id that the"
                                + " provider gave to the portal.\n");
        assertThat(wrong.code()).isEqualTo(1);

        Ended misread = start(folder, "--port=0", "--no-demo", "--portal.login.providers.national.par=maybe");
        assertThat(misread.out())
                .isEqualTo(
                        "The portal cannot start: portal.login.providers.national.par is \"maybe\"; one of always, never,"
                                + " when-announced is right.\n");

        Ended unknown =
                start(folder, "--port=0", "--no-demo", "--portal.login.providers.national.isuer=https://id.example");
        assertThat(unknown.out())
                .startsWith("The portal cannot start: There is no setting portal.login.providers.national.isuer; ")
                .contains("issuer")
                .hasLineCount(1);
    }

    /** The identity provider starts at the same time, and may have said so before. */
    private static String withoutTheDemonstration(Ended ended) {
        return ended.out()
                .lines()
                .filter(line -> !line.contains("DemoIdentityProvider"))
                .collect(Collectors.joining("\n"));
    }

    private Ended start(Path home, String... options) throws InterruptedException {
        return PortalProcess.ended(home, logs.resolve("said.txt"), options);
    }
}
