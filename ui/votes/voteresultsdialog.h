// SPDX-FileCopyrightText: Diptych contributors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "embeddings/backgroundwork.h"
#include "models/voteresults.h"

#include <QDialog>

#include <functional>
#include <memory>

namespace diptych {

namespace Ui {
class VoteResultsDialog;
}

/// What the votes say: pair by pair with an interval each, and all models on one scale; and plainly where they say
/// nothing yet.
class VoteResultsDialog : public QDialog
{
    Q_OBJECT
public:
    /// The votes of all sessions, or of the one that is open.
    using VotesOf = std::function<std::vector<Vote>(bool ofThisSession)>;

    explicit VoteResultsDialog(VotesOf votesOf, QWidget *parent = nullptr);
    ~VoteResultsDialog() override;

    void refresh(); ///< votes were given or taken back

private:
    void take(const VoteResults &results);
    void showPairs();
    void showRatings();

    std::unique_ptr<Ui::VoteResultsDialog> m_ui;
    VotesOf m_votesOf;
    VoteResults m_results;
    BackgroundWork<VoteResults> m_work;
};

} // namespace diptych
