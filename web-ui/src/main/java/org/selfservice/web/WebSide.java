package org.selfservice.web;

import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;

/** Pages, endpoints and sign-in, where this process has the role {@code web}. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnExpression("'${portal.roles:web,command,query}'.contains('web')")
@ComponentScan
public class WebSide {}
