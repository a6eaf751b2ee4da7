package org.selfservice.web.identity;

import jakarta.servlet.http.HttpServletRequest;
import java.io.Serializable;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.selfservice.kernel.StoreWatch;
import org.selfservice.web.Outage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.core.io.ClassPathResource;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.session.Session;
import org.springframework.session.SessionRepository;
import org.springframework.session.config.annotation.web.http.EnableSpringHttpSession;
import org.springframework.session.jdbc.JdbcIndexedSessionRepository;
import org.springframework.session.jdbc.PostgreSqlJdbcIndexedSessionRepositoryCustomizer;
import org.springframework.session.web.http.CookieSerializer;
import org.springframework.session.web.http.DefaultCookieSerializer;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions are kept in the portal's database: a restart, wished or not, signs nobody out. */
@Configuration(proxyBeanMethods = false)
@EnableSpringHttpSession
class Sessions {
    static final String COOKIE = "portal";
    private static final Logger LOG = LoggerFactory.getLogger(Sessions.class);

    @Bean
    CookieSerializer cookie() {
        return new ByScheme(named(COOKIE, false), named("__Host-" + COOKIE, true));
    }

    private static CookieSerializer named(String name, boolean secure) {
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(name);
        cookie.setUseHttpOnlyCookie(true);
        cookie.setUseSecureCookie(secure);
        // Strict would not come along on the way back from the provider
        cookie.setSameSite("Lax");
        cookie.setCookiePath("/");
        return cookie;
    }

    /**
     * Over https the name itself says that no other host and no page without TLS has set the cookie (RFC 6265bis, section
     * 4.1.3.2); browsers do not take such a name over http. While the store is away no session is looked for.
     */
    private record ByScheme(CookieSerializer plain, CookieSerializer secure) implements CookieSerializer {
        @Override
        public void writeCookieValue(CookieValue value) {
            of(value.getRequest()).writeCookieValue(value);
        }

        @Override
        public List<String> readCookieValues(HttpServletRequest request) {
            return Outage.missing(request).contains(StoreWatch.Ability.RECOGNISE)
                    ? List.of()
                    : of(request).readCookieValues(request);
        }

        private CookieSerializer of(HttpServletRequest request) {
            return request.isSecure() ? secure : plain;
        }
    }

    @Bean(defaultCandidate = false)
    JdbcIndexedSessionRepository keptSessions(
            @Qualifier("portalDataSource") DataSource database, LoginSettings settings) {
        new ResourceDatabasePopulator(new ClassPathResource("sessions.sql")).execute(database);
        TransactionTemplate transactions = new TransactionTemplate(new DataSourceTransactionManager(database));
        transactions.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        JdbcIndexedSessionRepository sessions =
                new JdbcIndexedSessionRepository(new JdbcTemplate(database), transactions);
        new PostgreSqlJdbcIndexedSessionRepositoryCustomizer().customize(sessions);
        sessions.setDefaultMaxInactiveInterval(settings.idle());
        return sessions;
    }

    @Bean
    @Primary
    SessionRepository<? extends Session> sessions(
            @Qualifier("keptSessions") JdbcIndexedSessionRepository keptSessions, LoginSessions logins) {
        return new Readable<>(keptSessions, logins);
    }

    /** A session that an older version of the portal wrote and this one cannot read is over. */
    private record Readable<S extends Session>(SessionRepository<S> sessions, LoginSessions logins)
            implements SessionRepository<S> {
        @Override
        public S createSession() {
            return sessions.createSession();
        }

        @Override
        public void save(S session) {
            Serializable login = LoginSessions.unnoted(session);
            try {
                sessions.save(session);
            } catch (DataIntegrityViolationException ended) {
                LOG.info("a session was ended while a request of it was under way");
                return;
            }
            if (login != null) {
                logins.note(session.getId(), login);
            }
        }

        @Override
        public @Nullable S findById(String id) {
            try {
                S session = sessions.findById(id);
                if (session != null) {
                    session.getAttributeNames().forEach(session::getAttribute);
                }
                return session;
            } catch (org.springframework.core.convert.ConversionFailedException unreadable) {
                LOG.info("a session cannot be read any more and is ended");
                sessions.deleteById(id);
                return null;
            }
        }

        @Override
        public void deleteById(String id) {
            sessions.deleteById(id);
        }
    }
}
