// While a replay is under way, fetches its part of the page every two seconds and says each tenth of the way aloud.
const shown = () => document.querySelector('[data-replay]');
const said = document.querySelector('[data-replay-said]');

const look = async () => {
  const answer = document.hidden ? null : await fetch(window.location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' }).catch(() => null);
  if (answer?.redirected || (answer && !answer.ok)) {
    window.location.reload();
    return;
  }
  const fresh = answer && new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-replay]');
  if (fresh) {
    const focused = shown().contains(document.activeElement) ? document.activeElement.id : '';
    shown().replaceWith(fresh);
    if (focused) {
      (document.getElementById(focused) ?? document.getElementById('replay')).focus();
    }
    if (said.textContent !== fresh.dataset.said) {
      said.textContent = fresh.dataset.said;
    }
  }
  wait();
};
const wait = () => {
  if (shown()?.dataset.replay === 'open') {
    setTimeout(look, 2000);
  }
};
wait();
