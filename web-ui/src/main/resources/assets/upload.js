// Sends each chosen file by itself and shows how far it is; without script the form sends them all at once.
const form = document.querySelector('[data-upload]');
const input = form?.querySelector('input[type=file]');
const list = document.querySelector('[data-files]');

const row = (name) => {
  const item = document.createElement('li');
  item.className = 'portal-files__row';
  const label = document.createElement('span');
  label.className = 'portal-files__name';
  const bdi = document.createElement('bdi');
  bdi.textContent = name;
  label.append(bdi);
  const state = document.createElement('strong');
  state.className = 'govuk-tag govuk-tag--blue';
  state.setAttribute('role', 'status');
  state.textContent = form.dataset.uploading;
  const bar = document.createElement('progress');
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute('aria-label', `${form.dataset.uploading} ${name}`);
  item.append(label, state, bar);
  list.append(item);
  return { state, bar };
};

const send = (file) => new Promise((done) => {
  const { state, bar } = row(file.name);
  const request = new XMLHttpRequest();
  const body = new FormData();
  body.append('files', file);
  request.open('POST', form.action);
  request.setRequestHeader('Accept', 'application/json');
  request.upload.onprogress = (event) => { bar.value = event.loaded / event.total; };
  request.upload.onload = () => { state.textContent = form.dataset.checking; };
  const end = (text, colour) => {
    bar.remove();
    state.textContent = text;
    state.className = `govuk-tag govuk-tag--${colour}`;
    done(colour === 'green');
  };
  request.onload = () => {
    let problem = form.dataset.lost;
    try {
      problem = JSON.parse(request.responseText).problem;
    } catch {
      // Not our answer: something between us and the portal cut it off.
    }
    if (request.status === 200 && !problem) {
      end(form.dataset.ready, 'green');
    } else {
      end(form.dataset.problem, 'red');
      const reason = document.createElement('p');
      reason.className = 'govuk-error-message portal-files__reason';
      reason.textContent = problem;
      state.parentElement.append(reason);
    }
  };
  request.onerror = () => {
    end(form.dataset.problem, 'red');
    const reason = document.createElement('p');
    reason.className = 'govuk-error-message portal-files__reason';
    reason.textContent = form.dataset.lost;
    state.parentElement.append(reason);
  };
  request.send(body);
});

let sending = false;
let next = null;

const sendChosen = async () => {
  const files = [...input.files];
  if (files.length === 0 || sending) {
    return;
  }
  sending = true;
  document.querySelector('[data-none]')?.remove();
  input.disabled = true;
  let all = true;
  for (const file of files) {
    // One after the other: a slow line then brings the first file home before it begins the second.
    all = (await send(file)) && all;
  }
  input.value = '';
  input.disabled = false;
  sending = false;
  if (all && next) {
    window.location.assign(next);
  } else if (all) {
    window.location.reload();
  }
  next = null;
};

if (form && input && list) {
  form.querySelector('[data-send]').hidden = true;
  input.addEventListener('change', sendChosen);
  document.querySelector('[data-next] a')?.addEventListener('click', (event) => {
    // Who goes on while a file is on its way goes on when it is there.
    if (sending) {
      event.preventDefault();
      next = event.currentTarget.href;
    }
  });
  // Chosen before this script was there.
  sendChosen();
}
