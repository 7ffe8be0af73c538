// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

class QTableView;

namespace diptych {

/// Makes a table a list of whole rows without a grid, as all lists of this page are.
void makeList(QTableView &view);

} // namespace diptych
