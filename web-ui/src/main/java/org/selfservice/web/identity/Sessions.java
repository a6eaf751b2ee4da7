package org.selfservice.web.identity;

import java.io.Serializable;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
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
        DefaultCookieSerializer cookie = new DefaultCookieSerializer();
        cookie.setCookieName(COOKIE);
        cookie.setUseHttpOnlyCookie(true);
        // Strict would not come along on the way back from the provider
        cookie.setSameSite("Lax");
        cookie.setCookiePath("/");
        return cookie;
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
