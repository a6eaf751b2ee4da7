// Fetches the page again when its application changed, or the enrolment that came from it, and puts the new content in place of the old.
const PATIENCE = 15_000;
const shown = () => document.querySelector('[data-live]');
let sequence = Number(shown()?.dataset.sequence);
let enrolment = shown()?.dataset.enrolment;
let source;
let left = false;

// Whether the page could be had; what can be read stays while it cannot.
const refresh = async () => {
  let answer;
  try {
    answer = await fetch(window.location.href, { headers: { Accept: 'text/html' } });
  } catch {
    return false;
  }
  if (answer.status >= 500) {
    return false;
  }
  if (!answer.ok || answer.redirected) {
    window.location.reload();
    return false;
  }
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
  if (fresh) {
    const changed = Number(fresh.dataset.sequence) !== Number(shown().dataset.sequence) || fresh.dataset.enrolment !== shown().dataset.enrolment;
    shown().replaceWith(fresh);
    sequence = Number(fresh.dataset.sequence);
    enrolment = fresh.dataset.enrolment;
    if (changed) {
      document.querySelector('[data-live-said]').textContent = fresh.dataset.said;
    }
  }
  return true;
};

const follow = () => {
  source = new EventSource(shown().dataset.live);
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
  // the browser connects again by itself, but not where it was refused
  source.addEventListener('error', () => {
    if (source.readyState === EventSource.CLOSED) {
      window.setTimeout(again, PATIENCE);
    }
  });
};

const again = async () => {
  if (left) {
    return;
  }
  if (await refresh()) {
    follow();
  } else {
    window.setTimeout(again, PATIENCE);
  }
};

if (shown()) {
  follow();
  window.addEventListener('pagehide', () => {
    left = true;
    source.close();
  });
}
