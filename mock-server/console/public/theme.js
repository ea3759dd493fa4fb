// Before anything is painted: the theme that was chosen in this browser.
(() => {
  const chosen = localStorage.getItem('mock-gem-theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
})();
