// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diptych {

/// How alike two texts are, 0–10 for words and 0–5 for sentences, by us.
struct RatedPair {
    const char *first;
    const char *second;
    double rating;
};

constexpr RatedPair ratedWords[] = {{"car", "automobile", 10}, {"big", "large", 9.5}, {"begin", "start", 9.5},
    {"ocean", "sea", 9.2}, {"doctor", "physician", 9.5}, {"happy", "glad", 9}, {"stone", "rock", 9},
    {"boat", "ship", 8.6}, {"king", "queen", 7.8}, {"cat", "kitten", 8}, {"coffee", "tea", 6.5}, {"cat", "dog", 6},
    {"dog", "wolf", 6.2}, {"bread", "cake", 6}, {"guitar", "violin", 6.8}, {"red", "orange", 6}, {"car", "truck", 7},
    {"river", "lake", 6.3}, {"teacher", "professor", 7.5}, {"knife", "fork", 5.6}, {"hospital", "doctor", 5.2},
    {"bird", "wing", 4.8}, {"computer", "keyboard", 5}, {"tree", "leaf", 5}, {"book", "library", 5},
    {"winter", "snow", 5}, {"king", "castle", 3.5}, {"coffee", "cup", 4}, {"car", "road", 3.8}, {"sun", "planet", 4.5},
    {"dog", "table", 0.8}, {"banana", "doctor", 0.4}, {"ocean", "desk", 0.5}, {"music", "potato", 0.5},
    {"queen", "engine", 0.6}, {"snow", "lawyer", 0.3}, {"pencil", "whale", 0.4}, {"happy", "bridge", 0.4},
    {"cat", "mathematics", 0.3}, {"bread", "election", 0.3}, {"buy", "purchase", 9.6}, {"quick", "fast", 9.4},
    {"error", "mistake", 9.2}, {"infant", "baby", 9.3}, {"cash", "money", 8.7}, {"street", "avenue", 8.4},
    {"robber", "thief", 8.6}, {"sofa", "couch", 9.5}, {"jacket", "coat", 8.2}, {"hotel", "inn", 8.2},
    {"anger", "rage", 8.8}, {"forest", "wood", 8.3}, {"copper", "iron", 6.4}, {"apple", "pear", 6.8},
    {"whale", "dolphin", 6.9}, {"nurse", "surgeon", 6.3}, {"soldier", "army", 6.4}, {"poem", "novel", 6.2},
    {"rain", "storm", 6.7}, {"ten", "twelve", 6}, {"green", "yellow", 6}, {"uncle", "aunt", 6.6},
    {"hammer", "saw", 5.8}, {"physics", "chemistry", 6.5}, {"bicycle", "motorcycle", 7.2}, {"finger", "hand", 6},
    {"wheel", "car", 4.6}, {"pilot", "airplane", 5.2}, {"bee", "honey", 5.2}, {"judge", "court", 5.6},
    {"paint", "artist", 4.6}, {"school", "student", 5.4}, {"bank", "money", 5.6}, {"fire", "smoke", 5.2},
    {"cow", "milk", 5}, {"shoe", "foot", 4.6}, {"pen", "write", 4.8}, {"goal", "football", 4.7},
    {"ink", "printer", 4.4}, {"egg", "chicken", 5.4}, {"glass", "window", 4.4}, {"garden", "spade", 3.8},
    {"clock", "minute", 4.2}, {"flour", "kitchen", 3.4}, {"moon", "button", 0.6}, {"tax", "butterfly", 0.3},
    {"violin", "cement", 0.4}, {"sheep", "algebra", 0.2}, {"carpet", "senator", 0.4}, {"volcano", "sock", 0.4},
    {"tooth", "railway", 0.4}, {"angry", "cylinder", 0.3}, {"soup", "treaty", 0.3}, {"mirror", "wheat", 0.5}};

constexpr RatedPair ratedSentences[] = {{"A man is playing a guitar.", "A man plays the guitar.", 5},
    {"The child is sleeping in the bed.", "A kid sleeps in his bed.", 5},
    {"A woman is slicing an onion.", "A lady cuts an onion.", 4.8},
    {"The firm fired two hundred employees.", "The company dismissed two hundred workers.", 4.8},
    {"How can I repair my bicycle?", "What is the way to fix a bike?", 4.6},
    {"The movie was wonderful.", "I found the film excellent.", 4.5},
    {"He bought a new automobile yesterday.", "Yesterday he purchased a new car.", 4.5},
    {"The doctor treated the patient.", "The physician cured the sick man.", 4.3},
    {"Heavy rain flooded the village.", "The town was under water after the storm.", 4.2},
    {"Two dogs are running through the snow.", "A pair of dogs run across a white field.", 4},
    {"The teacher explained the lesson to the pupils.", "The instructor taught the students.", 4},
    {"A cat is chasing a mouse.", "A kitten hunts a rat.", 3.8},
    {"She plays the violin in an orchestra.", "She is a musician who performs with a band.", 3.6},
    {"The court sentenced the thief to prison.", "A judge sent the robber to jail.", 3.5},
    {"A man is riding a horse.", "A woman is riding a donkey.", 3.2},
    {"The ship sailed across the ocean.", "A boat was seen on the lake.", 3},
    {"The president gave a speech.", "The minister talked to parliament.", 3},
    {"A boy is kicking a football.", "A girl is throwing a ball.", 2.8},
    {"He is boiling potatoes.", "She is frying fish in a pan.", 2.6},
    {"The library has many old books.", "I read a novel last week.", 2.5},
    {"Astronomers found a new planet.", "The rocket flew to the moon.", 2.4},
    {"The bank raised interest rates.", "He owes money to his brother.", 2},
    {"The nurse works in a hospital.", "This medicine has side effects.", 2},
    {"The train leaves at noon.", "Our flight was late.", 1.8},
    {"A farmer is milking a cow.", "The sheep were eating grass.", 1.5},
    {"Bread is made of flour.", "He ate an apple for breakfast.", 1.4},
    {"The painter finished a portrait.", "A sculptor carved the stone.", 1.2},
    {"A man is playing a guitar.", "A man is cutting a tree.", 1},
    {"The woman is writing a letter.", "The woman is swimming in the sea.", 0.8},
    {"The court sentenced the thief to prison.", "The chef prepared a delicious soup.", 0.6},
    {"Two dogs are running through the snow.", "The bank raised interest rates.", 0.5},
    {"How can I repair my bicycle?", "The queen wore a golden crown.", 0.4},
    {"The child is sleeping in the bed.", "Parliament passed a new tax law.", 0.3},
    {"Heavy rain flooded the village.", "She solved the equation.", 0.2},
    {"The movie was wonderful.", "The plumber replaced a broken pipe.", 0},
    {"A cat is chasing a mouse.", "Shares fell on the stock market.", 0},
    {"Bread is made of flour.", "The rocket flew to the moon.", 0},
    {"He bought a new automobile yesterday.", "The monks prayed in silence.", 0}};

/// A word and words of which at least one has to be among its nearest ones, of the commonest 20,000.
struct NeighbourRow {
    const char *word;
    const char *acceptable; ///< separated by blanks
};

constexpr NeighbourRow neighbourRows[] = {{"car", "automobile auto vehicle"}, {"king", "queen monarch royal prince"},
    {"doctor", "physician medical"}, {"cat", "feline kitten kitty"}, {"dog", "hound canine puppy"},
    {"happy", "glad joyful cheerful happiness"}, {"sad", "sorrowful unhappy sorrow sadness"},
    {"river", "stream brook creek tributary"}, {"mountain", "peak hill mount"}, {"guitar", "banjo lute strum"},
    {"violin", "fiddle viola cello"}, {"bread", "loaf dough bun"}, {"milk", "dairy cow cream"},
    {"coffee", "espresso cafe cappuccino tea"}, {"money", "cash currency coin monetary payment"},
    {"teacher", "instructor teach school"}, {"student", "pupil learner scholar"},
    {"school", "schoolhouse college teacher academy"}, {"ship", "boat vessel"},
    {"airplane", "aircraft plane aeroplane"}, {"train", "railway railroad locomotive"},
    {"computer", "processor computing software"}, {"software", "program programme hardware computer"},
    {"war", "warfare battle combat"}, {"peace", "truce pacification tranquility"},
    {"law", "legal jurisprudence statute"}, {"judge", "court magistrate justice jurist"},
    {"thief", "robber burglar stealer"}, {"red", "crimson scarlet reddish"}, {"blue", "azure bluish"},
    {"green", "greenish greenness emerald"}, {"winter", "wintry summer spring autumn"},
    {"rain", "rainfall shower drizzle"}, {"snow", "snowfall sleet blizzard snowy"}, {"sun", "solar sunlight"},
    {"moon", "lunar planet"}, {"tree", "shrub oak wood"}, {"flower", "blossom bloom petal"},
    {"bird", "songbird avian wing feather plumage passerine"}, {"fish", "salmon trout fishing haddock tuna"},
    {"whale", "cetacean dolphin porpoise"}, {"horse", "equine pony mare stallion"}, {"hand", "finger wrist fist"},
    {"eye", "ocular eyeball eyelid"}, {"heart", "cardiac ventricle atrium"}, {"mother", "maternal mama father mom"},
    {"child", "kid infant youngster"}, {"music", "musical melody tune"}, {"poem", "verse poet poetry ode"},
    {"election", "vote ballot elect candidate elected"}, {"database", "dbms sql relational"},
    {"javascript", "browser html php typescript"}, {"email", "mail inbox spam messaging"},
    {"smartphone", "iphone android app tablet"},
    {"kubernetes", "docker container cluster server serverless deployment"}, {"bitcoin", "cryptocurrency blockchain"},
    {"encryption", "cryptography encrypt cipher"}};

} // namespace diptych
