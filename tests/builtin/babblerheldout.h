// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

namespace diptych {

/// Prose by us, in the manner of a dictionary, that is not in the corpus of the babblers.
constexpr const char *heldOutParagraphs[] = {
    "A lantern is a lamp that can be carried in the hand. A ladle is a large spoon with a long handle. "
    "He filled the lantern with oil. She served the soup with a ladle.",
    "To mend is to make something whole again. To wander is to go from place to place without a purpose. "
    "He mended the old fence. They wandered through the narrow streets of the town.",
    "A harbor is a place where ships are safe from the storm. The boats came back to the harbor before dark. "
    "An anchor is a heavy piece of iron that keeps a ship in its place.",
    "A glove is a cover for the hand. She lost her gloves on the train. "
    "A scarf is a piece of cloth worn around the neck in cold weather.",
    "A farmer is a person who works on a farm. The farmer sold his horses to a man from the city. "
    "A shepherd is someone who takes care of sheep.",
    "The committee did not agree with the report. Most members of the party voted against the new law. "
    "The president of the company refused to answer the question.",
    "A fever is a rise in the temperature of the body. The doctor gave him a drug against the pain. "
    "A wound is an injury in which the skin is broken.",
    "An orchard is a piece of land on which fruit trees are grown. A pear is a sweet fruit with green or yellow skin. "
    "The children ate the apples that had fallen from the tree.",
    "A planet is a large body that moves around a star. The earth is the third planet from the sun. "
    "The light of the nearest star takes four years to reach the earth.",
    "Brave means having or showing no fear. Lazy means not willing to work. "
    "He was too lazy to write a letter. It was brave of her to tell the truth.",
    "A novel is a long story in prose. A poem is a piece of writing in verse. "
    "The writer of the book lived in a small house near the sea.",
    "A violin is an instrument with four strings that is played with a bow. The musicians played for two hours. "
    "A choir is a group of people who sing together.",
    "To borrow is to take something for a time. To steal is to take something without the right to do so. "
    "He borrowed a lot of money from the bank. The thief stole a ring from the shop.",
    "A bridge is a structure that carries a road over a river. The old bridge was built of stone. "
    "The soldiers crossed the river during the night.",
    "A spider is a small animal with eight legs. The female lays her eggs in the spring. "
    "A falcon is a bird of prey with long pointed wings.",
    "The price of oil rose again last year. The government wants to raise the tax on land. "
    "A merchant is a person who buys and sells goods.",
    "A kitchen is a room where food is prepared. Put the bread on the table. "
    "Cut the meat into small pieces and cook it in water for an hour.",
    "The teacher asked the students to be quiet. He is good at mathematics but not at history. "
    "A lesson is a period of time in which something is taught.",
    "A volcano is a mountain from which hot gas and melted rock come out. The top of the mountain is covered with "
    "snow. "
    "A valley is low land between two hills.",
    "He did not know what to say. She smiled at the idea. They could not find the key to the door. "
    "It is difficult to see the difference between the two.",
};

} // namespace diptych
