"""News agencies and outlets by their printed names: what a dateline, a credit or a last line may name."""

from __future__ import annotations

_NAMES = {
    "Agence France-Presse": ("AFP", "Agence France Presse", "Agence France-Presse"),
    "Al Jazeera": ("Al Jazeera", "Aljazeera"),
    "Anadolu Agency": ("AA", "Anadolu", "Anadolu Agency"),
    "ANSA": ("ANSA",),
    "Asia News International": ("ANI", "Asia News International"),
    "Associated Press": ("AP", "The AP", "Associated Press", "The Associated Press"),
    "Australian Associated Press": ("AAP", "Australian Associated Press"),
    "BBC News": ("BBC", "BBC News"),
    "Bernama": ("BERNAMA",),
    "Bloomberg": ("Bloomberg", "Bloomberg News", "Bloomberg.com"),
    "Business Wire": ("BUSINESS WIRE", "BUSINESSWIRE"),
    "Canadian Press": ("CP", "The Canadian Press", "Canadian Press"),
    "Caixin": ("Caixin", "Caixin Global"),
    "CNBC": ("CNBC",),
    "CNN": ("CNN", "CNN Business", "CNNMoney"),
    "Deutsche Presse-Agentur": ("dpa", "Deutsche Presse-Agentur"),
    "Deutsche Welle": ("DW", "Deutsche Welle"),
    "Dow Jones Newswires": ("Dow Jones", "Dow Jones Newswires"),
    "EFE": ("EFE",),
    "Financial Times": ("FT", "Financial Times"),
    "GlobeNewswire": ("GLOBE NEWSWIRE", "GlobeNewswire"),
    "IANS": ("IANS",),
    "Inter Press Service": ("IPS", "Inter Press Service"),
    "Interfax": ("Interfax",),
    "Islamic Republic News Agency": ("IRNA", "Islamic Republic News Agency"),
    "Itar-Tass": ("ITAR-TASS", "Itar Tass"),
    "Kazinform": ("Kazinform",),
    "Korean Central News Agency": ("KCNA",),
    "Kyodo News": ("Kyodo", "Kyodo News"),
    "Los Angeles Times": ("Los Angeles Times",),
    "Market News International": ("MNI",),
    "MarketWatch": ("MarketWatch",),
    "Montsame": ("MONTSAME",),
    "NBC News": ("NBC News",),
    "Nikkei Asia": ("Nikkei", "Nikkei Asia"),
    "NPR": ("NPR",),
    "Platts": ("Platts", "S&P Global Platts"),
    "Politico": ("POLITICO",),
    "PR Newswire": ("PRNewswire", "PR Newswire", "PRNewswire-USNewswire"),
    "Press Association": ("PA", "Press Association"),
    "Press Trust of India": ("PTI", "Press Trust of India"),
    "Radio Free Europe/Radio Liberty": ("RFE/RL", "Radio Free Europe/Radio Liberty"),
    "Reuters": ("Reuters", "Reuter", "Reuters News"),
    "Reuters Breakingviews": ("Reuters Breakingviews",),
    "RIA Novosti": ("RIA Novosti", "RIA"),
    "Saudi Press Agency": ("SPA", "Saudi Press Agency"),
    "Sputnik": ("Sputnik",),
    "States News Service": ("States News Service",),
    "TASS": ("TASS",),
    "The Guardian": ("The Guardian",),
    "The Hill": ("The Hill",),
    "The New York Times": ("The New York Times", "New York Times", "NYT"),
    "The Wall Street Journal": ("The Wall Street Journal", "Wall Street Journal"),
    "The Washington Post": ("The Washington Post", "Washington Post"),
    "Thomson Reuters Foundation": ("Thomson Reuters Foundation",),
    "Ukrinform": ("Ukrinform",),
    "United Press International": ("UPI", "United Press International"),
    "UNIAN": ("UNIAN",),
    "Voice of America": ("VOA", "Voice of America"),
    "Xinhua": ("Xinhua", "Xinhua News Agency"),
    "Yonhap": ("Yonhap", "Yonhap News Agency"),
}
_CANONICAL = {printed.casefold(): name for name, forms in _NAMES.items() for printed in (name, *forms)}


def known_agency(printed: str) -> str | None:
    """The canonical name of an agency or outlet as printed, in any case; None where it is not known."""
    return _CANONICAL.get(" ".join(printed.split()).casefold())


def agency_name(printed: str) -> str:
    """The canonical name where it is known, else the printed words with single spaces."""
    return known_agency(printed) or " ".join(printed.split())
