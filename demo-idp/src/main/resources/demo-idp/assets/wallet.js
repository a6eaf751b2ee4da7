// Goes on by itself once the wallet has approved, and shows a new code before the old one is over.
const begun = Date.now();
const look = async () => {
  const answer = await fetch(location.href, { redirect: "manual" }).catch(() => null);
  if (answer?.type === "opaqueredirect" || Date.now() - begun > 55000) location.reload();
  else setTimeout(look, 1500);
};
setTimeout(look, 1500);
