import {
  Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll,
} from './govuk-frontend.js';

document.body.classList.add('js-enabled', 'govuk-frontend-supported');
[Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink].forEach(
  (component) => createAll(component),
);

// GOV.UK's own way to reveal questions sets aria-expanded, which a radio button may not have (WAI-ARIA 1.2, section 5.4).
const reveal = () => {
  document.querySelectorAll('input[data-reveals]').forEach((choice) => {
    document.getElementById(choice.dataset.reveals)
      .classList.toggle(`govuk-${choice.type === 'radio' ? 'radios' : 'checkboxes'}__conditional--hidden`, !choice.checked);
  });
};
document.addEventListener('change', reveal);
window.addEventListener('pageshow', reveal);
