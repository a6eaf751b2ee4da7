// Fetches the page again when its application changed, or the enrolment that came from it, and puts the new content in place of the old.
const shown = () => document.querySelector('[data-live]');
let sequence = Number(shown()?.dataset.sequence);
let enrolment = shown()?.dataset.enrolment;

const refresh = async () => {
  const answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
  if (!answer.ok || answer.redirected) {
    window.location.reload();
    return;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
  if (fresh) {
    shown().replaceWith(fresh);
    sequence = Number(fresh.dataset.sequence);
    enrolment = fresh.dataset.enrolment;
    const said = document.querySelector('[data-live-said]');
    said.textContent = fresh.dataset.said;
  }
};

if (shown()) {
  const source = new EventSource(shown().dataset.live);
  source.addEventListener('changed', (event) => {
    if (Number(event.data) > sequence) {
      sequence = Number(event.data);
      refresh();
    }
  });
  source.addEventListener('enrolled', (event) => {
    if (event.data !== enrolment) {
      enrolment = event.data;
      refresh();
    }
  });
  window.addEventListener('pagehide', () => source.close());
}
