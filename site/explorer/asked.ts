// Runs before the page is shown: what an address asks for is not what the page came with.
if (location.search !== '') document.documentElement.classList.add('asked');
