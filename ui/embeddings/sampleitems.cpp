// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "embeddings/sampleitems.h"

namespace diptych {

QString sampleItems()
{
    return QStringLiteral(R"(# Cooking
Simmer the tomato sauce for twenty minutes.
Knead the bread dough until it is smooth.
Roast the vegetables with garlic and olive oil.
Whisk the eggs and sugar for the cake.
Season the soup with salt and pepper.
Fry the onions in butter until golden.

# Weather
Heavy rain is expected in the north tonight.
The storm brought strong wind and thunder.
Tomorrow will be sunny with a light breeze.
Snow fell on the mountains early this morning.
Fog covers the valley until noon.
Temperatures drop below freezing at night.

# Music
The violin plays the melody in the second movement.
She practised the piano sonata every day.
The drummer keeps a steady rhythm.
The choir sang in perfect harmony.
He tuned his guitar before the concert.
The orchestra performed a symphony by Brahms.

# Computers
The compiler reports an error in the source code.
Restart the server after the software update.
The database query takes too long to run.
Save the file before you close the program.
The network connection was lost during the download.
A bug in the memory allocator crashed the application.
)");
}

} // namespace diptych
