// Warns five minutes before the session ends. Typing is no request: the server does not see it.
const warning = document.querySelector('[data-timeout]');
if (warning) {
  const early = 5 * 60;
  const seconds = Number(warning.dataset.seconds) || 1800;
  let timer;
  let before;
  const show = () => {
    before = document.activeElement;
    warning.hidden = false;
    warning.focus();
  };
  const wait = () => {
    clearTimeout(timer);
    timer = setTimeout(show, Math.max(seconds - early, 1) * 1000);
  };
  warning.querySelector('[data-stay-button]').addEventListener('click', async () => {
    const answer = await fetch(warning.dataset.stay, { redirect: 'manual', cache: 'no-store' }).catch(() => null);
    if (answer && answer.ok) {
      warning.hidden = true;
      wait();
      if (before) before.focus();
    } else {
      // Too late: what is typed is posted, kept, and shown again after signing in.
      document.getElementById('answers').requestSubmit();
    }
  });
  wait();
}
