# The help that ships: a page for each cmdlet, the same in its MAML and in Get-Command, with no trace of the tools that made it.

BeforeDiscovery {
    Import-Module "$PSScriptRoot/../../out/ApiTools"
    $cmdlets = Get-Command -Module ApiTools -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } }
    $topics = Get-ChildItem "$PSScriptRoot/../../docs/about_*.md" | ForEach-Object { @{ Topic = $_.BaseName } }
}

BeforeAll {
    $root = (Resolve-Path "$PSScriptRoot/../..").Path
    Import-Module "$root/out/ApiTools"
    Import-Module "$root/tools/MarkdownText.psm1"
    $stale = 'the page and the shipped help say the same: run ./build.ps1 Docs'

    # The text under a heading, up to the next of the same or a higher level. What stands in a fence is no heading.
    function Get-Section([string] $Text, [string] $Heading) {
        $level = ($Heading -split ' ')[0].Length
        $fence = $null
        $found = $false
        $lines = foreach ($line in $Text -split '\n') {
            if ($fence) { if ($line -eq $fence) { $fence = $null } }
            elseif ($line -match '^`{3,}') { $fence = $Matches[0] }
            elseif ($line.TrimEnd() -ceq $Heading) { $found = $true; continue }
            elseif ($found -and $line -match "^#{1,$level} ") { break }
            if ($found) { $line }
        }
        if ($found) { ($lines -join "`n").Trim() }
    }

    function Get-PageText([string] $Markdown) { @(ConvertTo-Paragraph @(ConvertTo-Block $Markdown)) -join "`n" }

    function Get-HelpText([object] $Description) { @($Description | ForEach-Object { $_.Text.TrimEnd("`n") }) -join "`n" }

    function Get-Syntax([string] $Text) {
        ($Text -replace '\s+', ' ' -replace ' ?\[<CommonParameters>\]', '').Trim()
    }
}

AfterAll {
    Remove-Module MarkdownText
}

Describe 'The help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $path = "$root/docs/en-US/$Name.md"
        $page = if (Test-Path $path) { (Get-Content $path -Raw) -replace "`r" }
        $command = Get-Command $Name
        $help = Get-Help $Name -Full
        $common = [Management.Automation.PSCmdlet]::CommonParameters
        $parameters = @($command.Parameters.Keys | Where-Object { $_ -notin $common } | Sort-Object)
    }

    It 'has a page that is whole' {
        $page | Should -Not -BeNullOrEmpty
        $page | Should -Not -Match '\{\{ '
        $page | Should -Match "(?m)^title: $Name$"
        foreach ($heading in '## SYNOPSIS', '## SYNTAX', '## DESCRIPTION', '## EXAMPLES', '## OUTPUTS') {
            Get-Section $page $heading | Should -Not -BeNullOrEmpty -Because $heading
        }
    }

    It 'names each parameter in the page, and no other' {
        $named = [regex]::Matches((Get-Section $page '## PARAMETERS'), '(?m)^### -(\w+)') | ForEach-Object { $_.Groups[1].Value }
        $named | Sort-Object | Should -BeExactly $parameters
    }

    It 'names each parameter in what Get-Help reads, and no other' {
        $help.parameters.parameter.name | Sort-Object | Should -BeExactly $parameters
    }

    It 'says of each parameter what happens where it is left out, and of a number its range and its unit' {
        foreach ($parameter in $parameters) {
            $text = (Get-Section $page "### -$parameter") -replace '(?s)```yaml.*'
            $text | Should -Not -BeNullOrEmpty -Because $parameter
            $isMandatory = -not ($command.Parameters[$parameter].ParameterSets.Values.IsMandatory -contains $false)
            if (-not $isMandatory) { $text | Should -Match '\bleft out\b' -Because "-$parameter may be" }
            foreach ($range in $command.Parameters[$parameter].Attributes | Where-Object { $_ -is [Management.Automation.ValidateRangeAttribute] }) {
                $lowest = if ($range.MinRange -is [double] -and $range.MinRange -ne [math]::Floor($range.MinRange)) { '{0}' } else { '{0:N0}' }
                $text | Should -Match ('(?<![\d,.])' + [regex]::Escape($lowest -f $range.MinRange) + '(?!,?\d)') -Because "-$parameter begins there"
                if ($range.MaxRange -ne [int]::MaxValue) { $text | Should -Match ('(?<![\d,.])' + [regex]::Escape('{0:N0}' -f $range.MaxRange) + '(?!,?\d)') -Because "-$parameter ends there" }
            }
            $unit = switch -CaseSensitive -Regex ($parameter) { 'Sec$' { 'seconds' } 'Ms$' { 'milliseconds' } 'Tokens$' { 'tokens' } }
            if ($unit) { $text | Should -Match $unit -Because $parameter }
        }
    }

    It 'shows the syntax of Get-Command, in the page and in Get-Help' {
        $expected = @(($command | Get-Command -Syntax) -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object { Get-Syntax $_ } | Sort-Object)
        $inPage = @([regex]::Matches((Get-Section $page '## SYNTAX'), '(?s)```\w*\n(.+?)```') | ForEach-Object { Get-Syntax $_.Groups[1].Value } | Sort-Object)
        $inHelp = @(($help.syntax | Out-String -Width 4096) -split '\r?\n' | Where-Object { $_.Trim() } | ForEach-Object { Get-Syntax $_ } | Sort-Object)
        $inPage | Should -BeExactly $expected
        $inHelp | Should -BeExactly $expected
    }

    It 'says in Get-Help what the page says' {
        Get-HelpText $help.description | Should -BeExactly (Get-PageText (Get-Section $page '## DESCRIPTION')) -Because $stale
        $help.Synopsis.Trim() | Should -BeExactly (Get-PageText (Get-Section $page '## SYNOPSIS')) -Because $stale
        foreach ($parameter in $help.parameters.parameter) {
            $section = (Get-Section $page "### -$($parameter.name)") -replace '(?s)```yaml.*', ''
            Get-HelpText $parameter.description | Should -BeExactly (Get-PageText $section) -Because $stale
        }
    }

    It 'says in Get-Help the notes, inputs and outputs of the page' {
        Get-HelpText $help.alertSet.alert | Should -BeExactly (Get-PageText (Get-Section $page '## NOTES')) -Because $stale
        $pairs = @{ '## INPUTS' = $help.inputTypes.inputType; '## OUTPUTS' = $help.returnValues.returnValue }
        foreach ($heading in $pairs.Keys) {
            $section = Get-Section $page $heading
            $types = @([regex]::Matches($section, '(?m)^### (\S+)') | ForEach-Object { $_.Groups[1].Value })
            @($pairs[$heading].type.name | Where-Object { $_ -ne 'None' }) | Should -BeExactly @($types | Where-Object { $_ -ne 'None' }) -Because "$stale ($heading)"
            foreach ($type in $pairs[$heading] | Where-Object { $_.type.name -ne 'None' }) {
                Get-HelpText $type.description | Should -BeExactly (Get-PageText (Get-Section $page "### $($type.type.name)")) -Because "$stale ($heading)"
            }
        }
    }

    It 'has the types that the cmdlet says it writes' {
        $inPage = [regex]::Matches((Get-Section $page '## OUTPUTS'), '(?m)^### (\S+)') | ForEach-Object { $_.Groups[1].Value }
        foreach ($type in $command.OutputType.Name | Where-Object { $_ -and $_ -ne 'System.Void' }) { $inPage | Should -Contain $type }
    }

    It 'says how each parameter is bound, as it is: from the pipeline, by which other names, with wildcards' {
        foreach ($parameter in $help.parameters.parameter) {
            $name = $parameter.name
            $real = $command.Parameters[$name]
            $ways = @(
                if ($real.ParameterSets.Values.ValueFromPipeline -contains $true) { 'ByValue' }
                if ($real.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true) { 'ByPropertyName' }
            )
            $parameter.pipelineInput | Should -BeExactly $(if ($ways) { "true ($($ways -join ', '))" } else { 'false' }) -Because $name
            @($parameter.aliases -split ', ' | Where-Object { $_ -ne 'none' } | Sort-Object) | Should -BeExactly @($real.Aliases | Sort-Object) -Because $name
            $parameter.globbing | Should -Be "$([bool] ($real.Attributes | Where-Object { $_ -is [Management.Automation.SupportsWildcardsAttribute] }))" -Because $name
        }
    }

    It 'has the examples of the page, each with its code, what it writes and what is said of it' {
        $titles = [regex]::Matches((Get-Section $page '## EXAMPLES'), '(?m)^### (Example .+)$') | ForEach-Object { $_.Groups[1].Value.Trim() }
        $examples = @($help.examples.example)
        $examples.Count | Should -BeGreaterThan 0
        $examples.title | Should -BeExactly $titles -Because $stale
        foreach ($example in $examples) {
            $blocks = @(ConvertTo-Block (Get-Section $page "### $($example.title)"))
            $code = @($blocks | Where-Object { $_.Kind -eq 'Code' -and $_.Language -match '^powershell' })[0]
            $example.code | Should -BeExactly ($code.Lines -join "`n") -Because $stale
            (Get-HelpText $example.remarks).TrimEnd() | Should -BeExactly (@(ConvertTo-Paragraph ($blocks -ne $code)) -join "`n") -Because $stale
        }
    }
}

Describe 'The links of <_>' -ForEach (Get-Item "$PSScriptRoot/../../docs/*.md", "$PSScriptRoot/../../docs/en-US/*.md", "$PSScriptRoot/../../*.md").FullName {
    It 'lead to files that are there' {
        foreach ($link in [regex]::Matches(((Get-Content $_ -Raw) -replace '(?ms)^(`{3,}).*?^\1'), '\]\((?!\w+:)([^)#]+)(#[^)]*)?\)')) {
            Join-Path (Split-Path $_) $link.Groups[1].Value | Should -Exist -Because $link.Value
        }
    }
}

Describe 'The MAML' {
    It 'has no control character, no fence and nothing left to fill in' {
        $text = [IO.File]::ReadAllText("$root/out/ApiTools/en-US/ApiTools.Cmdlets.dll-Help.xml")
        $text | Should -Not -Match '[\u0080-\u009f]|&#x80;|```(powershell|output|yaml)|\{\{ '
    }

    It 'has the exported cmdlets, and no others' {
        $maml = [xml](Get-Content "$root/out/ApiTools/en-US/ApiTools.Cmdlets.dll-Help.xml" -Raw)
        $maml.helpItems.command.details.name | Sort-Object | Should -BeExactly ((Get-Command -Module ApiTools -CommandType Cmdlet).Name | Sort-Object)
    }
}

Describe '<Topic>' -ForEach $topics {
    It 'is what its source says' {
        $source = Get-Content "$root/docs/$Topic.md" -Raw
        $expected = (@(ConvertTo-AboutText $source) -join "`n").Trim()
        [IO.File]::ReadAllText("$root/out/ApiTools/en-US/$Topic.help.txt").Replace("`r", '').Trim() | Should -BeExactly $expected -Because $stale
    }

    It 'is shown by Get-Help, with a synopsis' {
        (Get-Help $Topic | Out-String) | Should -Match $Topic
        (Get-Help "$Topic*" | Where-Object Name -EQ $Topic).Synopsis | Should -Not -BeNullOrEmpty
    }

    It 'is ASCII that reads at 80 columns' {
        foreach ($line in Get-Content "$root/out/ApiTools/en-US/$Topic.help.txt") {
            $line | Should -Not -Match '[^ -~]'
            # A command is never cut, so that it can be pasted: the topic is written narrow. Those that an error recommends stand in one line, as
            # they are shown, and so does what the profile's handler calls.
            if ($line -notmatch '^      ' -or $Topic -notmatch '_(Errors|Security)$') { $line.Length | Should -BeLessOrEqual 80 -Because $line }
        }
    }
}

Describe 'about_ApiTools_Errors' {
    It 'has every code of the catalogue, with its words, its class and its command' {
        $source = (Get-Content "$root/docs/about_ApiTools_Errors.md" -Raw) -replace "`r"
        foreach ($info in Get-ApiErrorCode) {
            $heading = "### $($info.Code)" + $(if ($info.Status) { " ($($info.Status))" })
            $section = Get-Section $source $heading
            foreach ($text in "$($info.Description). $($info.Solution).", "[$($info.ExceptionType)]", $info.Category, $info.NextCommand) {
                $section | Should -BeLike "*$([WildcardPattern]::Escape($text))*" -Because "$stale ($($info.Code))"
            }
        }
    }

    It 'has no code that the catalogue has not' {
        $codes = (Get-Content "$root/docs/about_ApiTools_Errors.md") -cmatch '^### [a-z0-9_]+( \(\d+\))?$' -replace '^### ([a-z0-9_]+).*', '$1'
        $codes | Should -BeExactly (Get-ApiErrorCode).Code
    }
}
