// On every page: buttons that need a script are shown.
for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-actie]")) button.hidden = false;
export {};
